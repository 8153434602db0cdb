-- The stages of a customer's life, and who is in which.

local stages = {
  NEW = "new",
  LOYAL = "loyal",
  ACTIVE = "active",
  SLEEPING = "sleeping",
  LOST = "lost",
  -- No stage, but a segment beside them: those who spent most.
  TOP = "top",
}

--- In the order in which a customer may meet them.
stages.ALL = { stages.NEW, stages.LOYAL, stages.ACTIVE, stages.SLEEPING, stages.LOST }

local DAY = 86400

--- What the parameters mean, in seconds and orders.
---@param params hookline.Params
function stages.limits(params)
  return {
    new = params.new_days * DAY,
    active = params.active_days * DAY,
    lost = params.lost_days * DAY,
    loyal_orders = params.loyal_orders,
    top_value = params.top_value,
  }
end

--- Why the limits make no sense together; nil when they do. What each may be by itself stands in the manifest.
function stages.problem(limits)
  if limits.lost <= limits.active then
    return "lost_days must be more than active_days: between the two a customer is sleeping"
  end
  return nil
end

--- How long ago something was, in seconds; nothing for what lies in the future, as clocks of shops differ.
local function age(moment, now)
  if moment == nil or moment >= now then return 0 end
  return now - moment
end

--- Whether the first order is recent enough to call the customer new.
local function is_new(user, now, limits)
  if user.first_order_at == nil then return user.orders == 1 and age(user.last_order_at, now) <= limits.new end
  return age(user.first_order_at, now) <= limits.new
end

--- The stage of a customer.
---
--- Lost and sleeping go by the last order, whatever was before. Among those who still order, new comes first: somebody who has
--- just found the shop is spoken to differently, however much they bought in their first weeks.
---@param user hookline.User
---@param now integer Unix seconds
---@return string
function stages.of(user, now, limits)
  local quiet = age(user.last_order_at, now)
  if quiet > limits.lost then return stages.LOST end
  if quiet > limits.active then return stages.SLEEPING end
  if is_new(user, now, limits) then return stages.NEW end
  if user.orders >= limits.loyal_orders then return stages.LOYAL end
  return stages.ACTIVE
end

--- Whether the customer is one of those who spent most, and may still spend.
local function is_top(user, stage, limits)
  if limits.top_value == 0 or stage == stages.LOST then return false end
  return user.lifetime_value ~= nil and user.lifetime_value >= limits.top_value
end

--- The labels of a customer: the stage, and the top customers' segment where they belong to that, too.
---@param user hookline.User
---@param now integer Unix seconds
---@return string|string[]
function stages.labels(user, now, limits)
  local stage = stages.of(user, now, limits)
  if is_top(user, stage, limits) then return { stage, stages.TOP } end
  return stage
end

return stages
