-- What the parameters mean, and whether they make sense.

local limits = {}

local DAY = 86400

--- Why the parameters make no sense together; nil when they do. What each may be by itself stands in the manifest.
---@param params hookline.Params
---@return string?
function limits.problem(params)
  if params.gone_days <= params.quiet_days then
    return "gone_days must be more than quiet_days: between the two a customer is worth winning back"
  end
  return nil
end

--- How long a customer must have been quiet, and may have been, in seconds.
---@param params hookline.Params
function limits.seconds(params)
  return { quiet = params.quiet_days * DAY, gone = params.gone_days * DAY }
end

--- Whether a segment of some size changes its size by more than the percentage allows. A small one does by chance: turns are not
--- all of one size.
---@param before integer
---@param after integer
---@param params hookline.Params
---@return boolean
function limits.is_too_much(before, after, params)
  if before < params.review_from then return false end
  return math.abs(after - before) * 100 > before * params.max_change_percent
end

return limits
