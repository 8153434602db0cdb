// A program that is nothing but a worker: what tests of the rooms below the command start.
import Lua

LuaJail.becomeWorkerIfAsked()
