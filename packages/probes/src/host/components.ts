import { readFile } from 'node:fs/promises'
import { platform } from 'node:os'
import { Unreadable } from '../engine/reading.ts'
import type { HostFacts } from './facts.ts'
import { parseOsRelease, upstreamOf } from './parse.ts'
import { run } from './run.ts'

/** A component that runs or is installed on this machine. */
export type Detected = {
  readonly product: string
  readonly version: string
  readonly origin: 'upstream' | 'distribution'
}

/** Ids of os-release(5) that endoflife.date calls otherwise. */
const systemIds: Readonly<Record<string, string>> = {
  alpine: 'alpine-linux',
  rocky: 'rocky-linux',
  amzn: 'amazon-linux',
  'opensuse-leap': 'opensuse',
  centos: 'centos-stream',
}

/** Packages whose product is known to endoflife.date; the name ends at the version where it carries one. */
const packages: readonly (readonly [RegExp, string])[] = [
  [/^nginx$/, 'nginx'],
  [/^apache2$/, 'apache-http-server'],
  [/^haproxy$/, 'haproxy'],
  [/^openssl$/, 'openssl'],
  [/^postgresql-\d+$/, 'postgresql'],
  [/^mariadb-server$/, 'mariadb'],
  [/^redis-server$/, 'redis'],
  [/^docker\.io$/, 'docker-engine'],
  [/^containerd$/, 'containerd'],
  [/^python3$/, 'python'],
  [/^php$/, 'php'],
  [/^rabbitmq-server$/, 'rabbitmq'],
  [/^memcached$/, 'memcached'],
  [/^exim4$/, 'exim'],
  [/^postfix$/, 'postfix'],
]

/** Looks for the system, the runtime and known packages on this machine. What cannot be found is left out. */
export async function detectComponents(signal: AbortSignal): Promise<Detected[]> {
  const runtime: Detected = { product: 'nodejs', version: process.versions.node, origin: 'upstream' }
  if (platform() !== 'linux') return [runtime]
  const [system, installed] = await Promise.all([detectSystem(), detectPackages(signal)])
  return [runtime, ...system, ...installed].sort((a, b) => (a.product < b.product ? -1 : 1))
}

async function detectSystem(): Promise<Detected[]> {
  const found = await readSystem().catch(() => undefined)
  return found === undefined ? [] : [{ product: found.product, version: found.version, origin: 'upstream' }]
}

/** The operating system of this machine. @throws {Unreadable} it does not say */
export async function readSystem(): Promise<HostFacts['system']> {
  const {
    ID: id,
    VERSION_ID: version,
    PRETTY_NAME: name,
  } = parseOsRelease(await readFile('/etc/os-release', 'utf8').catch(() => ''))
  // A rolling distribution has no version.
  if (id === undefined || version === undefined)
    throw new Unreadable('not-configured', 'this system does not say which version it is')
  const point = id === 'debian' ? (await readFile('/etc/debian_version', 'utf8').catch(() => '')).trim() : ''
  return {
    product: systemIds[id] ?? id,
    version: /^\d+\.\d+$/.test(point) ? point : version,
    name: name ?? `${id} ${version}`,
  }
}

async function detectPackages(signal: AbortSignal): Promise<Detected[]> {
  const format = '${db:Status-Abbrev}\\t${Package}\\t${Version}\\n'
  const printed = await run('dpkg-query', ['-W', '-f', format], signal).catch(() => undefined)
  const newest = new Map<string, Detected>()
  for (const line of printed?.stdout.split('\n') ?? []) {
    const [status = '', name = '', version = ''] = line.split('\t')
    const product = packages.find(([pattern]) => pattern.test(name))?.[1]
    if (!status.startsWith('ii') || product === undefined) continue
    newest.set(name, { product, version: upstreamOf(version), origin: 'distribution' })
  }
  return [...newest.values()]
}
