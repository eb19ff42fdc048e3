import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { defineErrors } from '../kernel/index.ts'
import type { Config } from './config.ts'

/** A port on which the server answers. */
export interface Listener {
  readonly address: string
  readonly port: number
  readonly tls: boolean
  /** Requests are answered from here on; earlier ones wait. */
  answer(handle: (request: IncomingMessage, response: ServerResponse) => void): void
  close(): Promise<void>
}

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

/** Listens without TLS: for this machine, or for a proxy in front. */
export async function listen(port: number, host: string): Promise<Listener> {
  return await open(createServer(), port, host, false)
}

/**
 * Listens with TLS 1.2 or newer, and on a port of its own for clients with certificates: browsers ask people for a
 * certificate wherever a server takes one, so the ordinary port must not.
 *
 * Without a file of authorities any certificate passes the handshake, which still proves that the client holds its key;
 * what signs in is only a certificate that was registered, by the hash of all of it. An authority's signature would add
 * nothing to that (RFC 8705, 2.2, does the same).
 */
export async function listenTls(config: NonNullable<Config['tls']>, host: string): Promise<Listener[]> {
  const authority = config.clientAuthorityFile
  const files = {
    cert: fileOf('ART32_TLS_CERTIFICATE', config.certificateFile),
    key: fileOf('ART32_TLS_KEY', config.keyFile),
    minVersion: 'TLSv1.2',
    ciphers: suites,
    honorCipherOrder: true,
  } as const
  const withClients = {
    ...files,
    requestCert: true,
    rejectUnauthorized: authority !== null,
    ...(authority === null ? {} : { ca: fileOf('ART32_CLIENT_CA', authority) }),
  }
  const listeners = [await open(tlsServer(files), config.port, host, true)]
  try {
    if (config.clientPort !== null) listeners.push(await open(tlsServer(withClients), config.clientPort, host, true))
  } catch (error) {
    await Promise.all(listeners.map((one) => one.close()))
    throw error
  }
  return listeners
}

function tlsServer(options: Parameters<typeof createTlsServer>[0]): Server {
  try {
    return createTlsServer(options)
  } catch (cause) {
    throw errors.unusable({}, { cause })
  }
}

async function open(server: Server, port: number, host: string, tls: boolean): Promise<Listener> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: given, address } = server.address() as AddressInfo
  return {
    address,
    port: given,
    tls,
    answer: (handle) => void server.on('request', handle),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function fileOf(variable: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw errors.unreadable({ variable }, { cause })
  }
}
