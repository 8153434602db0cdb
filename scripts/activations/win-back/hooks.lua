-- Win back: customers who have not ordered for a while, each of them in one week of several only.
--
-- The rules of the manifest have picked customers with enough orders, and Hookline keeps out every address without
-- consent. Here those are left out who ordered lately or
-- too long ago, who are held out, and whose turn it is not. The modules hold one idea each:
--   lib/limits.lua  what the parameters mean, and whether they make sense
--   lib/turns.lua   whose turn it is in which week, and who is held out
--   lib/names.lua   what the segment and messages are called

local limits = require "lib.limits"
local turns = require "lib.turns"
local names = require "lib.names"

-- What setup works out once a run, for every user after that.
local limit
local turn

--- Why a customer is nobody to win back, by the last order; nil when there is a reason to try.
---@param last_order_at integer?
---@param now integer
---@return string?
local function reason_against(last_order_at, now)
  if last_order_at == nil then return "no date of an order" end
  -- A date in the future is less than any limit: clocks of shops differ.
  local quiet = now - last_order_at
  if quiet <= limit.quiet then return "ordered lately" end
  if quiet > limit.gone then return "gone too long" end
  return nil
end

---@type hookline.Hooks
return {
  setup = function(ctx)
    local problem = limits.problem(ctx.params)
    if problem then error("win-back: " .. problem, 0) end
    limit = limits.seconds(ctx.params)
    turn = turns.of_day(ctx.today, ctx.params.every_weeks)
  end,

  -- From what the customer did to what the calendar says, so that the counts tell how large each group is: the held-out ones are
  -- those of all turns.
  filter = function(user, ctx)
    if user.id == nil then return false, "no id, so no turn" end
    local reason = reason_against(user.last_order_at, ctx.now)
    if reason then return false, reason end
    if turns.is_held_out(user.id, ctx.params.hold_out_percent) then return false, "hold-out group" end
    if turns.of_customer(user.id, ctx.params.every_weeks) ~= turn then return false, "turn in another week" end
    return true
  end,

  -- "Win back: quiet for 90 to 365 days". The week is not in it: people who write campaigns look for one name.
  name = function(segment, ctx)
    return names.segment(segment, ctx.params)
  end,

  -- One week's customers are about as many as another's. A source that lacks its newest orders makes many more of them, one that
  -- lacks customers fewer.
  review = function(plan, ctx)
    local after = plan.unchanged + plan.added
    if limits.is_too_much(plan.members, after, ctx.params) then
      return false, names.change(plan.members, after)
    end
    return true
  end,

  report = function(report, ctx)
    return names.summary(report, turns.of_day(ctx.today, ctx.params.every_weeks) + 1, ctx.params.every_weeks)
  end,
}
