// A program that is only a worker, for tests of the targets below the command.
import HooklineSources
import Lua

DriverReader.takeOverIfAsked()
LuaJail.becomeWorkerIfAsked()
