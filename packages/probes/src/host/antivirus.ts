import { access, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { Unreadable, errorCode } from '../engine/reading.ts'
import type { HostFacts } from './facts.ts'

/** The test file on which all makers agreed; in two parts, so that no scanner finds this program itself. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

const defaultSocket = '/run/clamav/clamd.ctl'

/**
 * Asks the daemon of ClamAV for the date of its signatures, and whether it finds the harmless test file: the proof that
 * it scans. Nothing is written to a disk.
 */
export async function readAntivirus(
  signal: AbortSignal,
  configuration = '/etc/clamav/clamd.conf',
): Promise<HostFacts['antivirus']> {
  const text = await readFile(configuration, 'utf8').catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error
    throw new Unreadable('not-configured', 'there is no ClamAV on this machine; other products cannot be asked')
  })
  const socket = /^\s*LocalSocket\s+(\S+)/m.exec(text)?.[1] ?? defaultSocket
  const isThere = await access(socket).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT') return false
      throw error
    },
  )
  if (!isThere) return { isAlive: false, signaturesAt: null, finds: false }
  const pong = await ask(socket, Buffer.from('zPING\0'), signal).catch((error: unknown) => {
    // A socket that nobody holds any more was left behind by a daemon that died.
    if (errorCode(error) === 'ECONNREFUSED') return undefined
    throw error
  })
  if (pong === undefined) return { isAlive: false, signaturesAt: null, finds: false }
  if (pong !== 'PONG') throw new Unreadable('contract', 'the daemon does not answer as ClamAV does')
  const [version, scanned] = await Promise.all([
    ask(socket, Buffer.from('zVERSION\0'), signal),
    ask(socket, stream(eicar), signal),
  ])
  return { isAlive: true, signaturesAt: parseSignatures(version), finds: scanned.endsWith(' FOUND') }
}

/** `ClamAV 1.4.6/27500/Mon Nov 17 09:26:54 2026`; without signatures only the version. The date is in local time. */
export function parseSignatures(version: string): string | null {
  const [product = '', number, date] = version.split('/')
  if (!product.startsWith('ClamAV ')) throw new Unreadable('contract', 'the daemon does not answer as ClamAV does')
  if (number === undefined || date === undefined) return null
  const at = new Date(date)
  if (Number.isNaN(at.getTime())) throw new Unreadable('contract', 'the date of the signatures cannot be read')
  return at.toISOString()
}

/** One chunk with its length before it, and an empty one as the end. */
function stream(content: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([Buffer.from('zINSTREAM\0'), length, Buffer.from(content), Buffer.alloc(4)])
}

const silenceMs = 5_000
const answerLimit = 4096

function ask(path: string, question: Buffer, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path, signal })
    let answer = ''
    socket.setTimeout(silenceMs, () =>
      socket.destroy(new Unreadable('unreachable', 'the daemon of ClamAV does not answer')),
    )
    socket.on('error', reject)
    socket.on('data', (data) => {
      answer += data.toString('latin1')
      if (answer.length > answerLimit) socket.destroy(new Unreadable('contract', 'the answer of ClamAV does not end'))
    })
    socket.on('end', () => resolve(answer.replace(/\0.*$/s, '').trim()))
    socket.on('close', () => reject(new Unreadable('unreachable', 'the daemon of ClamAV closed the connection')))
    socket.write(question)
  })
}
