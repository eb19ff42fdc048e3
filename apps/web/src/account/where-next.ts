import type { Whoami } from '../api/api.ts'

/**
 * Where to go after signing in: to the page that was asked for, if it is one of ours.
 *
 * @param next  attacker-controlled: from the address; only a path of this host is followed
 */
export function whereNext(next: string | undefined, tenants: Whoami['tenants']): string {
  if (next !== undefined && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in')) return next
  const [only, ...others] = tenants
  return only !== undefined && others.length === 0 ? `/t/${only.slug}` : '/'
}
