-- Who is a VIP, and at which address we reach them.

local mailed = {}

---@type hookline.Hooks
return {
  setup = function(ctx)
    for _, country in ipairs(ctx.params.countries) do
      mailed[country] = true
    end
  end,

  -- Business customers read their mail at work.
  map = function(user)
    if user.account == "business" and user.work_email then
      return { email = user.work_email }
    end
  end,

  filter = function(user)
    if not user.country then
      return false, "country unknown"
    end
    if not mailed[user.country] then
      return false, "not mailed in " .. user.country
    end
    return true
  end,

  name = function(segment, ctx)
    return ("%s · %d+"):format(segment.name, ctx.params.threshold // 1)
  end,

  review = function(plan)
    if plan.members > 0 and plan.removed > plan.members * 0.5 then
      return false, "more than half of the segment would leave"
    end
    return true
  end,

  report = function(report)
    local segment = report.segments[1]
    if segment then
      return ("%s: %d members, +%d -%d"):format(segment.name, segment.members, segment.added, segment.removed)
    end
  end,
}
