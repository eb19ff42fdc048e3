import { confirming } from './confirm.ts'
import { Remote } from './remote.ts'
import { clean, type Terminal } from './terminal.ts'

/** Which server. */
export interface PlacementOptions {
  readonly url?: string
}

interface Shown {
  readonly servers: readonly {
    readonly name: string
    readonly state: 'up' | 'away'
    readonly version: string | null
    readonly why: string | null
    readonly tenants: number
    readonly most: number | null
  }[]
  readonly tenants: readonly {
    readonly slug: string
    readonly server: string
    readonly layout: 'database' | 'schema'
  }[]
  readonly moves: readonly {
    readonly tenantId: string
    readonly from: string
    readonly to: string
    readonly state: string
  }[]
}

/** Prints the database servers with the tenants on each, and the moves that are not over. @returns 1 where a server is away */
export async function placement({ url }: PlacementOptions, terminal: Terminal): Promise<0 | 1> {
  const remote = await Remote.open(url, terminal)
  const shown = (await remote.json(await remote.send('/api/placement/show', { method: 'GET' }))) as Shown
  const { servers, moves } = shown
  for (const { name, state, version, why, tenants, most } of servers) {
    const room = most === null ? '' : ` of ${most}`
    const how = state === 'up' ? `PostgreSQL ${clean(version ?? '')}` : `away (${clean(why ?? '')})`
    terminal.out(`${clean(name)}: ${tenants}${room} tenants, ${how}\n`)
    for (const { slug, server, layout } of shown.tenants)
      if (server === name)
        terminal.out(`  ${clean(slug)}: ${layout === 'schema' ? 'a schema' : 'a database'} of its own\n`)
  }
  for (const { tenantId, from, to, state } of moves)
    terminal.out(`! ${clean(tenantId)} from ${clean(from)} to ${clean(to)}: ${clean(state)}\n`)
  return servers.some(({ state }) => state === 'away') ? 1 : 0
}

/** Moves a tenant to another database server, and prints how long nothing could be changed in it. */
export async function moveTenant(
  slug: string,
  { url, to }: PlacementOptions & { readonly to: string },
  terminal: Terminal,
): Promise<0> {
  const remote = await Remote.open(url, terminal)
  const answer = await confirming(remote, terminal, async () =>
    remote.send('/api/tenant/move', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ slug, to }),
    }),
  )
  const moved = (await remote.json(answer)) as {
    from: string
    to: string
    tables: number
    rows: number
    heldMs: number
    isRemoved: boolean
  }
  terminal.out(
    `${clean(slug)} lies on ${clean(moved.to)}: ${moved.rows} rows in ${moved.tables} tables, each compared by its hash. ` +
      `For ${(moved.heldMs / 1_000).toFixed(1)} seconds nothing could be changed.\n`,
  )
  terminal.out(
    moved.isRemoved
      ? `The copy on ${clean(moved.from)} is gone.\n`
      : `The copy on ${clean(moved.from)} is removed as soon as that server answers.\n`,
  )
  return 0
}
