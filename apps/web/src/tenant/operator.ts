import type { Whoami } from '../api/api.ts'

/** Whether the person runs the installation: an owner of its own tenant. The server decides again for itself. */
export function isOperator({ tenants }: Pick<Whoami, 'tenants'>): boolean {
  return tenants.some(({ slug, role }) => slug === 'this-installation' && role === 'owner')
}
