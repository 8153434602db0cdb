-- Lifecycle stages: who is in which stage, what the stage's segment is called, and when something looks wrong.
--
-- The rules of the manifest have picked customers with at least one order, and Hookline keeps out every address without
-- consent. Here each of them is given the right
-- address, left out where mailing would do no good, and put into a stage. The modules hold one idea each:
--   lib/stages.lua     the stages, and who is in which
--   lib/addresses.lua  which address to use, and which ones are nobody's in particular
--   lib/countries.lua  countries whose customers get no mail
--   lib/names.lua      what segments and messages are called

local stages = require "lib.stages"
local addresses = require "lib.addresses"
local countries = require "lib.countries"
local names = require "lib.names"

-- What setup works out once a run, for every user after that.
local limits, barred

--- Whether the customer is in the hold-out group. By the key and not by chance: the same customers every day, on every machine. One
--- without a key cannot be told apart from others, and is in no group.
---@param user hookline.User
---@param ctx hookline.Context
local function is_held_out(user, ctx)
  local percent = ctx.params.hold_out_percent
  return percent > 0 and user.id ~= nil and hookline.hash.bucket(user.id, 100) < percent
end

---@type hookline.Hooks
return {
  setup = function(ctx)
    limits = stages.limits(ctx.params)
    local problem = stages.problem(limits)
    if problem == nil then barred, problem = countries.barred(ctx.params.not_mailed) end
    if problem then error("lifecycle-stages: " .. problem, 0) end
    addresses.open(ctx.params)
    hookline.log.debug("stages as of", ctx.today)
  end,

  -- The work address where there is a good one; the private one otherwise.
  map = function(user)
    local address = addresses.best(user.work_email, user.email)
    if address == nil then return { email = hookline.null } end
    return { email = address }
  end,

  -- Leaves out those whom a mail would not reach, or should not.
  filter = function(user, ctx)
    local reason = addresses.reason_against(user.email)
    if reason then return false, reason end
    reason = countries.reason_against(user.country, barred)
    if reason then return false, reason end
    if user.last_order_at == nil then return false, "no date of an order" end
    if is_held_out(user, ctx) then return false, "hold-out group" end
    return true
  end,

  -- One label a stage, and one for the top customers of all stages.
  breakdown = function(user, ctx)
    return stages.labels(user, ctx.now, limits)
  end,

  -- "Lifecycle: loyal (2026-03)": a new month renames the segment, and campaigns that use it go on.
  name = function(segment, ctx)
    return names.segment(segment, ctx.params.month_in_name and ctx.today or nil)
  end,

  -- A source that has lost its newest orders makes everybody look lost.
  review = function(plan, ctx)
    if plan.label ~= stages.LOST then return true end
    local after = plan.unchanged + plan.added
    local before = plan.members
    if before >= ctx.params.review_from and after > before * (1 + ctx.params.max_lost_percent / 100) then
      return false, names.growth(stages.LOST, before, after)
    end
    return true
  end,

  report = function(report)
    return names.summary(report, stages.TOP)
  end,
}
