// Lua 5.4 as the system installed it. Only CLuaHost includes this: every call here may raise, and a Lua error is a longjmp.
#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>
