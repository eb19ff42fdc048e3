import { afterAll, beforeAll, expect, it } from 'vitest'
import { eicar, startClamd } from '../../../../scripts/testing/clamd.ts'
import type { Clamd } from '../../../../scripts/testing/clamd.ts'
import { openScanner, scannerOf } from './scanner.ts'

let clamd: Clamd
beforeAll(async () => {
  clamd = await startClamd()
})
afterAll(() => clamd.stop())

const scan = async (bytes: Uint8Array, patience?: number) =>
  await openScanner({ host: '127.0.0.1', port: clamd.port }, patience).scan(bytes)

it('says what clamd found, and that it found nothing, for files of many chunks', async () => {
  const large = Buffer.alloc(3_000_000, 'art32 ')
  expect(await scan(Buffer.from('nothing'))).toBeNull()
  expect(await scan(large)).toBeNull()
  expect(await scan(Buffer.concat([large, eicar]))).toBe('Eicar-Test-Signature')
  expect(clamd.scans).toEqual([7, large.length, large.length + eicar.length])
})

it.each(['silent', 'size limit', 'nonsense', 'hang up'] as const)('takes nothing for clean: %s', async (how) => {
  clamd.behave(how)
  await expect(scan(Buffer.alloc(500_000), 300)).rejects.toMatchObject({
    code: expect.stringMatching(/^scanner\.(no_answer|unreachable)$/),
  })
  clamd.behave('as clamd')
})

it('says that it cannot be reached', async () => {
  const gone = openScanner({ path: '/nowhere/clamd.sock' })
  await expect(gone.scan(Buffer.from('x'))).rejects.toMatchObject({ code: 'scanner.unreachable' })
})

it('scans more at once than clamd has threads for, one after the other', async () => {
  const scanner = openScanner({ host: '127.0.0.1', port: clamd.port })
  const found = await Promise.all(
    Array.from({ length: 20 }, (_, i) => scanner.scan(i % 2 === 0 ? Buffer.from('clean') : eicar)),
  )
  expect(found).toEqual(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? null : 'Eicar-Test-Signature')))
})

it('reads where clamd listens, and refuses what is no such place', () => {
  expect(scannerOf('')).toBeNull()
  expect(scannerOf('clamav:3310')).toEqual({ host: 'clamav', port: 3310 })
  expect(scannerOf('[::1]:3310')).toEqual({ host: '::1', port: 3310 })
  expect(scannerOf('/run/clamav/clamd.ctl')).toEqual({ path: '/run/clamav/clamd.ctl' })
  for (const wrong of ['clamav', 'clamav:0', 'clamav:70000', 'http://clamav:3310', 'a b:3310'])
    expect(() => scannerOf(wrong)).toThrow('host:port')
})
