import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parseTarget, prove } from '@art32/probes'
import type { TargetResult } from '@art32/probes'
import { tlsFacts } from '../../packages/probes/src/tls/facts.ts'
import { installed } from '../../packages/probes/src/testing/programs.ts'
import { startProcess, type Started } from '../process.ts'
import { rounded, type Row } from '../table.ts'

const many = Number(process.env['ART32_BENCH_ENDPOINTS'] ?? 1_000)
/** How many endpoints a slower program is asked for: its time for each is what is compared. */
const samples = { sslscan: 10, testssl: 2 } as const
const asks = { sslscan: 'asked for versions and suites', testssl: 'asked for versions alone (--protocols)' } as const
const versions = ['1.0', '1.1', '1.2', '1.3'] as const

const run = promisify(execFile)

/** Many local endpoints by the engine with its own limits, and single ones beside two programs that others wrote. */
export async function measure(): Promise<readonly Row[]> {
  const half = Math.ceil(many / 2)
  const servers = await Promise.all([half, many - half].map((count, at) => startServers(count, 101 + at)))
  try {
    const endpoints = servers.flatMap(({ said }) => said)
    const begun = performance.now()
    const { targets } = await prove(endpoints.flatMap((endpoint) => parseTarget(`tls://${endpoint}`)))
    const seconds = (performance.now() - begun) / 1_000
    const right = targets.filter((target) => acceptedBy(target).join() === versions.join()).length
    return [
      {
        what: `${many.toLocaleString('en')} endpoints × ${versions.length} versions of TLS`,
        value: rounded(seconds),
        unit: 's',
        bar: 'below 30 s',
        note: `versions, suites, chain and client certificate; servers on the same machine; all versions seen on ${right.toLocaleString('en')}`,
      },
      await beside('sslscan', endpoints.slice(0, samples.sslscan), bySslscan),
      await beside('testssl', endpoints.slice(0, samples.testssl), byTestssl),
    ]
  } finally {
    for (const server of servers) await server.stop()
  }
}

const startServers = (count: number, part: number): Promise<Started<readonly string[]>> =>
  startProcess(new URL('endpoints.process.ts', import.meta.url), String(count), String(part))

/** One endpoint after the other, in turns with the other program, and whether both see the same versions. */
async function beside(
  program: keyof typeof samples,
  endpoints: readonly string[],
  ask: (endpoint: string) => Promise<readonly string[]>,
): Promise<Row> {
  const what = `one endpoint by itself, beside ${program} (mean of a sample of ${endpoints.length})`
  if (!installed(program)) return { what, value: null, unit: 'ms', note: `${program} is not installed` }
  let own = 0
  let other = 0
  let same = 0
  for (const endpoint of endpoints) {
    const begun = performance.now()
    const { targets } = await prove(parseTarget(`tls://${endpoint}`))
    const between = performance.now()
    // One that gives up has seen nothing, and its time counts as far as it went.
    const seen = await ask(endpoint).catch(() => [])
    other += performance.now() - between
    own += between - begun
    if (seen.join() === targets.flatMap(acceptedBy).join()) same += 1
  }
  return {
    what,
    value: rounded(own / endpoints.length),
    unit: 'ms',
    bare: { what: program, value: rounded(other / endpoints.length) },
    note: `${asks[program]}; the same versions seen on ${same} of ${endpoints.length}`,
  }
}

/** The versions that a look saw accepted. */
function acceptedBy({ reading }: TargetResult): readonly string[] {
  const group = reading.read === 'ok' ? reading.facts['protocols'] : undefined
  if (group?.read !== 'ok') return []
  return tlsFacts.protocols
    .parse(group.facts)
    .filter(({ accepted }) => accepted)
    .map(({ version }) => version)
}

/** Versions and suites; nothing else that it can do. */
async function bySslscan(endpoint: string): Promise<readonly string[]> {
  const less = ['--no-heartbleed', '--no-renegotiation', '--no-compression', '--no-fallback', '--no-groups']
  const { stdout } = await run('sslscan', ['--xml=-', '--no-colour', ...less, endpoint])
  return [...stdout.matchAll(/<protocol type="tls" version="([\d.]+)" enabled="1"/g)].map(([, version = '']) => version)
}

/** The versions alone: for all that it can do it takes minutes. */
async function byTestssl(endpoint: string): Promise<readonly string[]> {
  const address = endpoint.split(':')[0] ?? ''
  const args = ['--quiet', '--color', '0', '--protocols', '--warnings', 'batch', '--ip', address, endpoint]
  const { stdout } = await run('testssl', args, { timeout: 120_000 })
  return [...stdout.matchAll(/^ TLS (1(?:\.\d)?) +offered/gm)].map(([, version = '']) =>
    version === '1' ? '1.0' : version,
  )
}
