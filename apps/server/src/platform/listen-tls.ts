import { X509Certificate, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { Server, ServerOptions } from 'node:https'
import { createSecureContext } from 'node:tls'
import { defineErrors } from '../kernel/index.ts'
import type { Config } from './config.ts'
import { openListener, serverOptions, usualPatience } from './listen.ts'
import type { Listener, Patience } from './listen.ts'

const errors = defineErrors('tls', {
  unreadable: {
    status: 500,
    family: 'refusal',
    en: 'The file of {variable} cannot be read. Check its path and permissions.',
    de: 'Die Datei zu {variable} lässt sich nicht lesen. Bitte Pfad und Rechte prüfen.',
  },
  unusable: {
    status: 500,
    family: 'refusal',
    en: 'The files of ART32_TLS_CERTIFICATE, ART32_TLS_KEY and ART32_CLIENT_CA are no certificates and key in PEM form that fit together.',
    de: 'Die Dateien zu ART32_TLS_CERTIFICATE, ART32_TLS_KEY und ART32_CLIENT_CA sind keine zueinander passenden Zertifikate und Schlüssel in PEM-Form.',
  },
})

/** The ports on which art32 itself speaks TLS. */
export interface TlsListeners {
  readonly listeners: readonly Listener[]
  /**
   * Reads the files again. Connections that are open go on; new ones get the new certificate. Files that do not fit together,
   * as between the writing of one and of the other, change nothing.
   *
   * @returns whether anything was changed
   * @throws {tls.unreadable | tls.unusable}
   */
  renew(): boolean
  /** When the certificate that is served runs out. */
  validUntil(): Date
}

/** What the files hold. */
interface Files {
  readonly cert: Buffer
  readonly key: Buffer
  readonly ca: Buffer | null
}

/**
 * Listens with TLS, and on a port of its own for clients with certificates: browsers ask people for a
 * certificate wherever a server takes one, so the ordinary port must not.
 *
 * Without a file of authorities any certificate passes the handshake, which still proves that the client holds its key;
 * what signs in is only a certificate that was registered, by the hash of all of it. An authority's signature would add
 * nothing to that (RFC 8705, 2.2, does the same).
 *
 * @throws {tls.unreadable | tls.unusable}
 */
export async function listenTls(
  config: NonNullable<Config['tls']>,
  host: string,
  patience: Patience = usualPatience,
): Promise<TlsListeners> {
  let files = readFiles(config)
  const common = { ...serverOptions(patience), handshakeTimeout: patience.headers }
  const ordinary = createServer({ ...common, ...contextOf(files, config, 'ordinary') })
  const servers: Server[] = [ordinary]
  const listeners = [await openListener(ordinary, { port: config.port, host, tls: true, patience })]
  try {
    if (config.clientPort !== null) {
      const asking = { requestCert: true, rejectUnauthorized: files.ca !== null }
      const clients = createServer({ ...common, ...asking, ...contextOf(files, config, 'clients') })
      servers.push(clients)
      listeners.push(await openListener(clients, { port: config.clientPort, host, tls: true, patience }))
    }
  } catch (error) {
    await Promise.all(listeners.map((one) => one.close()))
    throw error
  }
  return {
    listeners,
    renew() {
      const found = readFiles(config)
      if (digestOf(found) === digestOf(files)) return false
      // All before any: a port must not go on with the old certificate while the other has the new one.
      const contexts = servers.map((_, index) => contextOf(found, config, index === 0 ? 'ordinary' : 'clients'))
      for (const [index, server] of servers.entries()) server.setSecureContext(contexts[index] ?? {})
      files = found
      return true
    },
    validUntil: () => new X509Certificate(files.cert).validToDate,
  }
}

/**
 * Of TLS 1.2 only suites with forward secrecy and authenticated encryption, the strongest first; all of TLS 1.3 are such.
 *
 * @source BSI TR-02102-2; OWASP ASVS 5.0 12.1.2
 */
const suites = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':')

/** The TLS options of a port. @throws {tls.unusable} */
function contextOf(
  { cert, key, ca }: Files,
  { minVersion }: NonNullable<Config['tls']>,
  port: 'ordinary' | 'clients',
): ServerOptions {
  const context: ServerOptions = {
    cert,
    key,
    minVersion,
    ciphers: suites,
    honorCipherOrder: true,
    ...(port === 'clients' && ca ? { ca } : {}),
  }
  try {
    createSecureContext(context)
  } catch (cause) {
    throw errors.unusable({}, { cause })
  }
  return context
}

function readFiles({ certificateFile, keyFile, clientAuthorityFile }: NonNullable<Config['tls']>): Files {
  return {
    cert: fileOf('ART32_TLS_CERTIFICATE', certificateFile),
    key: fileOf('ART32_TLS_KEY', keyFile),
    ca: clientAuthorityFile === null ? null : fileOf('ART32_CLIENT_CA', clientAuthorityFile),
  }
}

function digestOf({ cert, key, ca }: Files): string {
  const hash = createHash('sha256')
  for (const one of [cert, key, ca ?? Buffer.alloc(0)]) hash.update(`${one.length} `).update(one)
  return hash.digest('hex')
}

function fileOf(variable: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw errors.unreadable({ variable }, { cause })
  }
}
