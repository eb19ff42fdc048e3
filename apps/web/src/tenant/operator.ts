import type { Whoami } from '../api/api.ts'

/** The short name of the installation's own tenant. */
export const homeSlug = 'this-installation'

/** Whether the person runs the installation: an owner of its own tenant. The server decides again for itself. */
export function isOperator({ tenants }: Pick<Whoami, 'tenants'>): boolean {
  return tenants.some(({ slug, role }) => slug === homeSlug && role === 'owner')
}
