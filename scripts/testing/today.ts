/**
 * The day where tenants are: in Berlin, while nobody said another place. For an hour or two each night that is tomorrow in UTC, by
 * which duties, agreements and requests do not go.
 */
export const todayOfTenants = (at: Date | number = new Date()): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(at)
