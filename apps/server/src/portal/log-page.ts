import { createHash } from 'node:crypto'
import { formatVkey, verifierKey } from '@art32/ledger'
import { findNewest } from '../edition/index.ts'
import { findState, logFile } from '../evidence/index.ts'
import type { LogFile, Tenants } from '../evidence/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import type { Databases } from '../platform/index.ts'
import { logNumber } from '../tenant/index.ts'
import type { Registry } from '../tenant/index.ts'

/** What the files of logs need of the server. */
export interface LogPageDependencies {
  readonly registry: Registry
  readonly databases: Pick<Databases, 'control'>
  readonly tenants: Tenants
}

const ofTenant = /^\/trust\/([a-z0-9][a-z0-9-]{1,62})\/log\/(?:([1-9][0-9]{0,8})\/)?([a-z0-9./]{1,100})$/
const ofInstance = /^\/ledger\/log\/(?:([1-9][0-9]{0,8})\/)?([a-z0-9./]{1,100})$/

/**
 * The files of a log for monitors, mirrors and caches (c2sp.org/tlog-tiles), and `vkey`, its key. A log that goes on after a restore has
 * addresses of its own, with its number, so that no cache mixes it up with the one before.
 *
 * A tenant's log is shown once an edition is published, which shows it whole in its bundle. Of the installation's only hashes are: its entries
 * tell when accounts came and went.
 *
 * @returns null for another address
 */
export async function logPage(request: Request, dependencies: LogPageDependencies): Promise<Response | null> {
  const { pathname } = new URL(request.url)
  if (!ofTenant.test(pathname) && !ofInstance.test(pathname)) return null
  return (
    (await find(request, pathname, dependencies)) ??
    new Response('This log has no such file, or not yet.\n', {
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    })
  )
}

async function find(request: Request, pathname: string, dependencies: LogPageDependencies): Promise<Response | null> {
  const { registry, databases, tenants } = dependencies
  const [, slug, number, path = ''] = ofTenant.exec(pathname) ?? []
  if (slug !== undefined) {
    if (!(await registry.list()).some((tenant) => tenant.slug === slug)) return null
    return await tenants.asSystem(
      slug,
      async (tx) => {
        if ((await findNewest(tx, false)) === undefined) return null
        const { firstOrigin, tenant } = await registry.open(tx.tenant.id)
        const present = logNumber(firstOrigin, tenant.origin)
        if (present !== Number(number ?? 1)) return null
        if (path === 'vkey') return answer(request, keyFile(tenant.vkey))
        return answer(request, await logFile(tx.sql, path, { entries: true }))
      },
      { evenSuspended: true },
    )
  }
  const [, instanceNumber, instancePath = ''] = ofInstance.exec(pathname) ?? []
  const { instance, firstOrigin } = registry
  if (logNumber(firstOrigin, instance.name) !== Number(instanceNumber ?? 1)) return null
  if ((await findState(databases.control))?.origin !== instance.name) return null
  if (instancePath === 'vkey') return answer(request, keyFile(formatVkey(verifierKey(ledgerCrypto, instance))))
  return answer(request, await logFile(databases.control, instancePath, { entries: false }))
}

function keyFile(vkey: string): LogFile {
  return { bytes: Buffer.from(`${vkey}\n`), type: 'text/plain; charset=utf-8', isFinal: false }
}

function answer(request: Request, file: LogFile | null): Response | null {
  if (file === null) return null
  const { bytes, type, isFinal } = file
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  const headers = {
    'content-type': type,
    etag,
    'cache-control': isFinal ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
  if (known?.includes(etag) === true) return new Response(null, { status: 304, headers })
  return new Response(new Uint8Array(bytes), { headers })
}
