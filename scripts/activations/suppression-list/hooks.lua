-- Suppression list: everybody with consent, except those who must not be mailed.
--
-- The rules of the manifest have picked everybody with consent. Here whoever is on a list is left out, each with a reason that the
-- report counts. The modules hold one idea each:
--   lib/lists.lua        what the files of lookups/ hold
--   lib/suppression.lua  why an address must not be mailed
--   lib/shares.lua       how many were left out, in numbers and in words

local suppression = require "lib.suppression"
local shares = require "lib.shares"

-- What setup works out once a run, for every user after that.
local options

-- How many users the filter let pass and left out. The plan does not tell how many pass: it may leave out who is no contact.
local met

---@type hookline.Hooks
return {
  setup = function(ctx)
    met = { kept = 0, dropped = 0 }
    local problem
    options, problem = suppression.options(ctx.params)
    if problem then error("suppression-list: " .. problem, 0) end
    for _, warning in ipairs(suppression.warnings(options)) do hookline.log.warn(warning) end
  end,

  -- What is no address at all passes: Hookline drops and counts it.
  filter = function(user)
    local address = hookline.email.normalise(user.email)
    if address == nil then return true end
    local reason = suppression.reason_against(address, options)
    if reason then
      met.dropped = met.dropped + 1
      return false, reason
    end
    met.kept = met.kept + 1
    return true
  end,

  -- A list that blocks too much, such as the domain of a large mail provider, empties the segment without any error. With
  -- several workers each counts the users that it met: the share of one of them stands for all.
  review = function(plan, ctx)
    local reason = shares.objection(plan, met, ctx.params.max_blocked_percent)
    if reason then return false, reason end
    return true
  end,

  report = function(report)
    return shares.summary(report)
  end,
}
