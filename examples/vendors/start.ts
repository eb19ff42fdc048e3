/**
 * Everything that the demo looks at besides the machine itself: strict servers of the vendors, which follow their published
 * descriptions and answer as they would; real TLS and HTTP servers, a real PostgreSQL, real git repositories; and the
 * reports of programs that a demo does not run.
 *
 * - All servers listen on one address of this machine, `demoAddress`, and each keeps its port from start to start.
 * - Nothing here has met a real cloud, and nothing here asks one.
 */
import { mkdirSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { computersOf } from './computers.ts'
import type { SentFacts } from './computers.ts'
import type { DemoConnection, DemoServer, Keep } from './connection.ts'
import { startDatabases } from './database.ts'
import { refreshMs, writeFiles } from './files.ts'
import { newest, startKestrel } from './kestrel.ts'
import { startLinden } from './linden.ts'
import { openPorts } from './ports.ts'
import { backUp } from './restic.ts'
import { kestrelFiles, lindenFiles, makeRepository } from './repository.ts'
import { keptCertificates, startSite } from './web.ts'

/**
 * Where the servers of the demo listen. On Linux an address of the loopback at which nothing else of this machine is bound by
 * name, so that the leave to look at it is no leave to look at art32 or its neighbours.
 */
export const demoAddress = platform() === 'linux' ? '127.32.0.1' : '127.0.0.1'

/** What runs, and what each example connects. */
export type Demo = {
  readonly address: string
  readonly connections: Readonly<Record<string, readonly DemoConnection[]>>
  /** Facts that the computers of an example would send now. */
  readonly computers: (slug: string) => readonly SentFacts[]
  readonly close: () => Promise<void>
}

/** Starts everything. @param folder is the demo's own; what is made in it stays for the next start */
export async function startDemo(folder: string): Promise<Demo> {
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const running: DemoServer[] = []
  const keep: Keep = async (starting) => {
    const server = await starting
    running.push(server)
    return server
  }
  const close = async () => {
    for (const server of running.splice(0).toReversed()) await server.close()
  }
  try {
    const ports = openPorts(folder, demoAddress)
    const files = writeFiles(join(folder, 'reports'))
    const timer = setInterval(() => files.refresh(), refreshMs)
    timer.unref()
    running.push({ close: () => Promise.resolve(clearInterval(timer)) })
    const certificates = keptCertificates(folder, demoAddress)
    const [databases, linden, kestrel] = await Promise.all([
      startDatabases(folder, keep),
      startSite('Linden Apps', ports.place, keep, certificates),
      startSite('Kestrel', ports.place, keep, certificates),
    ])
    const repositories = join(folder, 'repositories')
    mkdirSync(repositories, { recursive: true })
    const own = makeRepository(join(repositories, 'linden-forms'), lindenFiles)
    const other = makeRepository(join(repositories, 'kestrel'), kestrelFiles)
    const copies = backUp(folder)
    const connections = {
      'forge-azure-provider': [
        ...(await startLinden(ports.place, keep, own)),
        { connector: 'git', name: 'Repository of Linden Forms', settings: { repository: own } },
        ...linden.connections.slice(0, 2),
        ...databases.linden,
        ...(copies === undefined ? [] : [copies]),
        {
          connector: 'versions',
          name: 'Technologies of Linden Connect',
          settings: { components: [newest('nodejs', '24')] },
        },
      ],
      'hosted-provider': [
        ...(await startKestrel(ports.place, keep, { repository: other, files })),
        ...kestrel.connections,
        ...databases.kestrel(kestrel.passwordTest),
      ],
    }
    ports.save()
    return { address: demoAddress, connections, computers: (slug) => computersOf[slug]?.() ?? [], close }
  } catch (error) {
    await close()
    throw error
  }
}
