-- Which of a person's two addresses to use.

local addresses = {}

--- Whether somebody said that mail should go to work. Nothing, and what is neither private nor work, means private.
local function prefers_work(prefers)
  return prefers ~= nil and hookline.text.lower(hookline.text.trim(prefers)) == "work"
end

--- The preferred address where it is one, else the other; nil when neither is one.
---@param private string?
---@param work string?
---@param prefers string?
---@return string?
function addresses.pick(private, work, prefers)
  local first, second = private, work
  if prefers_work(prefers) then first, second = work, private end
  return hookline.email.normalise(first) or hookline.email.normalise(second)
end

--- Why pick found nothing: nobody gave an address, or what they gave is none.
---@param private string?
---@param work string?
---@return string
function addresses.reason_for_none(private, work)
  if private == nil and work == nil then return "no address given" end
  return "no valid address"
end

return addresses
