import { connectors, connectorOf } from '../registry.ts'

/** Something to look at: a connector, its settings (may hold credentials), and a name that may be shown. */
export type Target = {
  readonly connector: string
  readonly settings: Readonly<Record<string, unknown>>
  /** The address without credentials, or the id that the caller gives the system. */
  readonly system: string
}

/** The text names nothing that can be looked at. The message says what is accepted and never repeats the text. */
export class TargetError extends Error {
  override readonly name = 'TargetError'
}

/** Whether a target is the machine on which art32 runs, or files and sockets of it; true where it cannot be told. */
export function looksAtOwnMachine({ connector, settings }: Pick<Target, 'connector' | 'settings'>): boolean {
  const known = connectorOf(connector)
  const parsed = known?.settings.safeParse(settings)
  if (known === undefined || parsed === undefined || !parsed.success) return true
  return known.ownMachine?.(parsed.data) ?? false
}

const accepted =
  'Accepted: https://host[:port][/path], http://host, tls://host:port, smtp://host, imap://host, postgres://user:password@host/database, app:postgres://… [address that judges a password], dns:domain, host, git:path-or-address, status:address-of-a-feed [component, …], versions:product@version,…, ups:name@host[:port], ports:host:allowed,…, dependencies:path, sarif:path, load:path, ocsf:path, prometheus:https://host, self'

/**
 * What a text on the command line or in a form means. Some texts mean two looks, hence a list: an https address is a
 * TLS endpoint and a web site, and `host` means the machine and the versions of what it runs.
 *
 * @throws {TargetError} the text is not understood
 */
export function parseTarget(text: string): Target[] {
  const trimmed = text.trim()
  if (trimmed === 'self') return [target('self', {})]
  if (trimmed === 'host') return [target('host', {}), target('versions', { machine: true })]
  const scheme = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(trimmed)
  if (scheme === null) throw new TargetError(`This target has no scheme. ${accepted}`)
  const [, name = '', rest = ''] = scheme
  switch (name.toLowerCase()) {
    case 'https': {
      const url = parseUrl(trimmed, 443)
      return [target('tls', { host: url.host, port: url.port }), target('http', { url: url.clean })]
    }
    case 'http':
      return [target('http', { url: parseUrl(trimmed, 80).clean })]
    case 'smtp':
    case 'imap': {
      const upgrade = name.toLowerCase()
      const url = parseUrl(trimmed, upgrade === 'smtp' ? 25 : 143)
      return [target('tls', { host: url.host, port: url.port, upgrade })]
    }
    case 'tls': {
      const url = parseUrl(trimmed, 443)
      return [target('tls', { host: url.host, port: url.port })]
    }
    case 'postgres':
    case 'postgresql':
      requirePostgres(trimmed)
      return [target('postgres', { url: trimmed })]
    case 'app': {
      const [url = '', passwordTest] = rest.split(/\s+/)
      if (url !== 'self') requirePostgres(url)
      return [target('app', { url, ...(passwordTest === undefined ? {} : { passwordTest }) })]
    }
    case 'dns':
      return [
        target('dns', { domain: required(rest.replace(/^\/\//, '').replace(/\.$/, '').toLowerCase(), 'a domain') }),
      ]
    case 'git':
      return [target('git', { repository: required(rest.startsWith('//') ? trimmed : rest, 'a path or an address') })]
    case 'status': {
      const [feed = '', ...words] = required(rest, 'the address of a feed').split(/\s+/)
      const components = words.join(' ').split(',')
      return [target('status', { feed, components: components.map((one) => one.trim()).filter((one) => one !== '') })]
    }
    case 'versions':
      return [target('versions', { components: parseComponents(rest) })]
    case 'ups': {
      const [, ups, host, port = '3493'] = /^([\w.-]+)@(\[[^\]]+\]|[^:@\s]+)(?::(\d{1,5}))?$/.exec(rest) ?? []
      return [target('ups', { name: required(ups ?? '', 'name@host'), host: host ?? '', port: Number(port) })]
    }
    case 'ports': {
      const [, host, list = ''] = /^(\[[^\]]+\]|[^:\s]+):([\d,]*)$/.exec(rest) ?? []
      const allowed = list.split(',').filter((port) => port !== '')
      return [target('ports', { host: required(host ?? '', 'host:port,…'), allowed: allowed.map(Number) })]
    }
    case 'dependencies':
      return [target('dependencies', { components: required(rest, 'a path') })]
    case 'sarif':
    case 'load':
    case 'ocsf':
      return [target(name.toLowerCase(), { path: required(rest, 'a path') })]
    case 'prometheus':
      return [target('prometheus', { baseUrl: parseUrl(rest, 443).clean })]
    default:
      throw new TargetError(`The scheme of this target is not known. ${accepted}`)
  }
}

function target(connector: string, settings: Readonly<Record<string, unknown>>): Target {
  const known = connectorOf(connector)
  if (known === undefined)
    throw new TargetError(`There is no connector "${connector}", only ${connectors.map((c) => c.id).join(', ')}.`)
  const parsed = known.settings.safeParse(settings)
  if (!parsed.success)
    throw new TargetError(
      `The target is not complete: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}. ${accepted}`,
    )
  const address = known.address(parsed.data)
  return { connector, settings, system: address === '' ? connector : `${connector}:${address}` }
}

function parseUrl(text: string, defaultPort: number): { host: string; port: number; clean: string } {
  if (!URL.canParse(text)) throw new TargetError(`This address cannot be read. ${accepted}`)
  const url = new URL(text)
  if (url.hostname === '') throw new TargetError(`This address has no host. ${accepted}`)
  url.username = ''
  url.password = ''
  url.hash = ''
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || defaultPort), clean: url.href }
}

/** A PostgreSQL address names a host, or a folder of sockets as parameter. */
function requirePostgres(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || (url.hostname === '' && !url.searchParams.has('host')))
    throw new TargetError('This database address cannot be read. Expected postgres://role:password@host:port/database')
}

function required(value: string, what: string): string {
  if (value.trim() === '') throw new TargetError(`The target lacks ${what}. ${accepted}`)
  return value.trim()
}

function parseComponents(list: string): { product: string; version: string }[] {
  return required(list, 'components')
    .split(',')
    .map((item) => {
      const [, product, version] = /^\s*([\w.+-]+)@([\w.+:~-]+)\s*$/.exec(item) ?? []
      if (product === undefined || version === undefined)
        throw new TargetError(
          'A component is written as product@version, for example versions:nodejs@26.10.0,postgresql@17.2',
        )
      return { product, version }
    })
}
