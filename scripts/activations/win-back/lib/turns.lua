-- Whose turn it is in which week, and who is held out.
--
-- Both go by the customer's key and not by chance: the same customers every day, on every machine.

local turns = {}

-- Weeks are counted from this Monday. Another one would give everybody another turn, and some of them two mails in short order.
local FIRST_MONDAY = "2024-01-01"

-- The turn is the key's bucket. Without something else in front, those held out would come from a few turns only.
local SALT = "win-back hold-out "

--- The turn of the week that a day is in, from 0 on. Days before the first Monday are in weeks, too.
---@param day string YYYY-MM-DD
---@param every_weeks integer
---@return integer
function turns.of_day(day, every_weeks)
  local week = hookline.date.diff(day, FIRST_MONDAY, "day") // 7
  return week % every_weeks
end

--- The customer's turn, from 0 on; the same one as long as `every_weeks` is.
---@param id integer
---@param every_weeks integer
---@return integer
function turns.of_customer(id, every_weeks)
  return hookline.hash.bucket(id, every_weeks)
end

--- Whether the customer is one of those who get nothing.
---@param id integer
---@param percent integer
---@return boolean
function turns.is_held_out(id, percent)
  return hookline.hash.bucket(SALT .. id, 100) < percent
end

return turns
