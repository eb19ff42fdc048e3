/**
 * A real time-stamping authority for tests, made with OpenSSL's command line: certificates of a root, perhaps one between,
 * and the one that stamps, and a server by HTTP before it as RFC 3161 §3.4 describes.
 *
 * Nothing here pretends: what is signed is signed by OpenSSL, so that the judgement in this package is checked against another
 * implementation. Tests replace what is answered, not how a stamp is made.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A real time-stamping authority of a test; `remove` deletes its folder. Source: RFC 3161. */
export interface TestAuthority {
  /** The root certificate, as PEM. */
  readonly root: string
  /** The file with it. */
  readonly rootFile: string
  /** Answers a request as it is. */
  readonly reply: (request: Uint8Array) => Uint8Array
  readonly remove: () => void
}

/** What an authority is to be. */
export interface AuthorityWish {
  /** The extended key usage of its certificate. */
  readonly usage?: string
  /** From when to when its certificate is valid, as OpenSSL writes it; otherwise from now for a year. */
  readonly validity?: readonly [from: string, to: string]
  /** Between root and certificate. */
  readonly intermediate?: boolean
  readonly curve?: boolean
  readonly name?: string
}

/** Makes the certificates of an authority: a root, perhaps one between, and the one that stamps. */
export function makeAuthority({
  usage = 'critical,timeStamping',
  validity,
  intermediate = false,
  curve = false,
  name = 'Example TSA',
}: AuthorityWish = {}): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'art32-tsa-'))
  const at = (file: string) => join(folder, file)
  const run = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const key = (file: string) =>
    run(
      'genpkey',
      ...(curve
        ? ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
        : ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']),
      '-out',
      file,
    )
  const certificate = (file: string, subject: string, issuer: string | null, extensions: string) => {
    key(`${file}.key`)
    run('req', '-new', '-key', `${file}.key`, '-subj', subject, '-out', `${file}.csr`)
    writeFileSync(at(`${file}.ext`), extensions)
    const from = issuer === null ? ['-signkey', `${file}.key`] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`]
    run(
      'x509',
      '-req',
      '-in',
      `${file}.csr`,
      ...from,
      '-days',
      '365',
      '-set_serial',
      '7',
      '-sha256',
      '-extfile',
      `${file}.ext`,
      '-out',
      `${file}.pem`,
    )
  }
  const authority =
    'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n'
  const own = `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=${usage}\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n`
  certificate('root', '/O=Example/CN=Example Root', null, authority)
  if (intermediate)
    certificate('between', '/O=Example/CN=Example Between', 'root', `${authority}authorityKeyIdentifier=keyid\n`)
  const issuer = intermediate ? 'between' : 'root'
  certificate('tsa', `/O=Example/CN=${name}`, issuer, own)
  if (validity) {
    writeFileSync(at('index.txt'), '')
    writeFileSync(
      at('ca.cnf'),
      `[ca]\ndefault_ca=one\n[one]\ndir=.\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\npolicy=any\ndefault_md=sha256\n[any]\norganizationName=optional\ncommonName=optional\n`,
    )
    run(
      'ca',
      '-batch',
      '-config',
      'ca.cnf',
      '-in',
      'tsa.csr',
      '-cert',
      `${issuer}.pem`,
      '-keyfile',
      `${issuer}.key`,
      '-startdate',
      validity[0],
      '-enddate',
      validity[1],
      '-extfile',
      'tsa.ext',
      '-out',
      'tsa.pem',
      '-notext',
    )
  }
  writeFileSync(at('serial'), '01\n')
  writeFileSync(
    at('tsa.cnf'),
    `[tsa]\ndefault_tsa=one\n[one]\nserial=serial\ncrypto_device=builtin\nsigner_cert=tsa.pem\ncerts=${intermediate ? 'between.pem' : 'tsa.pem'}\nsigner_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha512\naccuracy=secs:1\nordering=no\ntsa_name=yes\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n`,
  )
  return {
    root: readFileSync(at('root.pem'), 'utf8'),
    rootFile: at('root.pem'),
    reply(request) {
      writeFileSync(at('request.tsq'), request)
      run('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'request.tsq', '-out', 'reply.tsr')
      return Uint8Array.from(readFileSync(at('reply.tsr')))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** How a served authority answers; replaced by tests that want it to lie. */
export type Answering = (request: Uint8Array, response: ServerResponse, message: IncomingMessage) => void

/** Serves an authority by HTTP as RFC 3161 describes. */
export async function serveAuthority(answer: () => Answering): Promise<{ server: Server; address: string }> {
  const server = createServer((message, response) => {
    const parts: Buffer[] = []
    message.on('data', (part: Buffer) => parts.push(part))
    message.on('end', () => answer()(Uint8Array.from(Buffer.concat(parts)), response, message))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa` }
}
