-- Whether a segment grows faster than customers come.

local growth = {}

--- Whether a segment of some size grows by more than the percentage allows. A small one doubles with a few good days.
---@param before integer
---@param after integer
---@param params hookline.Params
---@return boolean
function growth.is_too_fast(before, after, params)
  if before < params.review_from then return false end
  return (after - before) * 100 > before * params.max_growth_percent
end

--- The percentage that would just let it pass.
---@param before integer more than 0
---@param after integer
---@return integer
function growth.percent(before, after)
  return math.ceil((after - before) * 100 / before)
end

return growth
