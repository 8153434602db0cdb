-- VIP customers: who spent most, in one segment for each country that matters.
--
-- The rules of the manifest have picked customers who spent enough, and Hookline keeps out every address without consent.
-- Here each of them is put into the segment of a
-- country, and a run is stopped that looks like a mistake in the source. The modules hold one idea each:
--   lib/countries.lua  what a country is called, and which ones have a segment of their own
--   lib/growth.lua     whether a segment grows faster than customers come
--   lib/names.lua      what segments and messages are called

local countries = require "lib.countries"
local growth = require "lib.growth"
local names = require "lib.names"

-- The countries with a segment of their own. What setup works out once a run, for every user after that.
local chosen

--- Why the parameters make no sense together; nil when they do.
---@param params hookline.Params
---@return string?
local function problem(params)
  if #params.countries == 0 and not params.others then return "without countries and without others nobody is left" end
  return countries.problem(params.countries)
end

---@type hookline.Hooks
return {
  setup = function(ctx)
    local reason = problem(ctx.params)
    if reason then error("vip-customers: " .. reason, 0) end
    chosen = countries.set(ctx.params.countries)
  end,

  -- One way to write a country, so that nothing after this has to ask again.
  map = function(user)
    return { country = countries.code(user.country) or hookline.null }
  end,

  filter = function(user, ctx)
    if ctx.params.others or chosen[user.country] then return true end
    return false, names.no_segment(user.country)
  end,

  breakdown = function(user)
    if chosen[user.country] then return user.country end
    return countries.OTHER
  end,

  -- "VIP customers: France": people who write campaigns look for a country, not for its code.
  name = function(segment)
    return names.segment(segment)
  end,

  -- The threshold is in the source's unit. If that turns from euros to cents, nearly everybody is a VIP.
  review = function(plan, ctx)
    local after = plan.unchanged + plan.added
    if growth.is_too_fast(plan.members, after, ctx.params) then
      return false, names.growth(plan.name, plan.members, after)
    end
    return true
  end,

  report = function(report)
    return names.summary(report)
  end,
}
