-- Which address to use, and which ones are nobody's in particular.

local addresses = {}

-- Domains that take no mail from us, each with the reason that people see.
local blocked

--- Opens the list of blocked domains; before the first user.
---@param params hookline.Params
function addresses.open(params)
  blocked = hookline.lookup("blocked-domains.csv", "domain", {
    normalise = "domain", subdomains = params.block_subdomains, on_bad_key = params.on_bad_line,
  })
end

-- The part before the @ that means a role and not a person: mail to them reaches whoever has the shift.
local ROLES = {
  abuse = true, accounting = true, admin = true, billing = true, contact = true, help = true, hello = true, hostmaster = true,
  info = true, jobs = true, mail = true, marketing = true, ["no-reply"] = true, noreply = true, office = true, orders = true,
  postmaster = true, press = true, privacy = true, purchasing = true, root = true, sales = true, security = true,
  service = true, support = true, team = true, webmaster = true,
}

--- The part before the @, without what people add behind a plus sign.
local function local_part(address)
  local part = address:match("^[^@]*")
  return (part:match("^([^+]+)%+") or part)
end

--- Why no mail should go to an address; nil when it may. A missing address is for the host to count.
---@param address string?
---@return string?
function addresses.reason_against(address)
  if address == nil then return nil end
  local normal = hookline.email.normalise(address)
  if normal == nil then return nil end
  if ROLES[local_part(normal)] then return "role address" end
  local row = blocked[normal]
  if row then return row.reason and "blocked domain: " .. row.reason or "blocked domain" end
  return nil
end

--- The first of the addresses that mail may go to; else the first that is one at all; nil when there is none.
---@param ... string?
---@return string?
function addresses.best(...)
  local fallback
  for i = 1, select("#", ...) do
    local address = hookline.email.normalise((select(i, ...)))
    if address then
      if addresses.reason_against(address) == nil then return address end
      fallback = fallback or address
    end
  end
  return fallback
end

return addresses
