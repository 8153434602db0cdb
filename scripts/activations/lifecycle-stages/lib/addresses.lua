-- Which address to use, and which ones are nobody's in particular.

local addresses = {}

-- Domains that take no mail from us, each with the reason that people see; found however their lines are typed.
local blocked, mistyped = {}, 0
for typed, row in pairs(hookline.lookup("blocked-domains.csv", "domain")) do
  local domain = hookline.text.lower(hookline.text.trim(typed)):gsub("^@", "")
  if hookline.email.is_valid("somebody@" .. domain) then
    blocked[domain] = row.reason and "blocked domain: " .. row.reason or "blocked domain"
  else
    mistyped = mistyped + 1
  end
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

--- Why a domain is blocked, by itself or with the domain above it: `mail.example.net` is blocked with `example.net`.
local function reason_against_domain(domain)
  while domain do
    if blocked[domain] then return blocked[domain] end
    domain = domain:match("^[^.]+%.(.+%..+)$")
  end
  return nil
end

--- Why no mail should go to an address; nil when it may. A missing address is for the host to count.
---@param address string?
---@return string?
function addresses.reason_against(address)
  if address == nil then return nil end
  local normal = hookline.email.normalise(address)
  if normal == nil then return nil end
  if ROLES[local_part(normal)] then return "role address" end
  return reason_against_domain(hookline.email.domain(normal))
end

--- Lines that block nobody, because they are no domains.
---@return integer
function addresses.mistyped() return mistyped end

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
