import fc from 'fast-check'
import { expect, it } from 'vitest'
import { InventoryError, readInventory } from './inventory.ts'

const osquery = [{ os_version: [{ name: 'Ubuntu', version: '24.04' }], disk_encryption: [], mounts: [{ path: '/' }] }]
const text = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc.string(),
  fc
    .tuple(
      fc.constantFrom(
        JSON.stringify(osquery),
        '{"hostIdentifier":"a","name":"os_version","snapshot":[{"name":"x"}]}\n{"hostIdentifier":"a"}',
        '{"value":[{"operatingSystem":"Windows","osVersion":"10.0.1","deviceName":"x","isEncrypted":true}]}',
        'Device name,OS,OS version,Last check-in\na,Windows,10,2026-01-01\n',
        '[{"format":"art32.computer/1"}]',
      ),
      fc.nat(80),
      fc.constantFrom('', '"', '{', ']', ',', '\n', 'null', '\u0000', '1e999', '\\ud800', '__proto__'),
    )
    .map(([good, at, sign]) => good.slice(0, at) + sign + good.slice(at + 1)),
)

it('an inventory is read, or refused with the place, whatever stands in it', () => {
  fc.assert(
    fc.property(text, fc.boolean(), (one, isWide) => {
      try {
        const bytes = isWide ? Buffer.from(`\uFEFF${one}`, 'utf16le') : Buffer.from(one)
        expect(readInventory(bytes, new Date('2026-01-01')).computers.length).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(InventoryError)
      }
    }),
    { seed: 1, numRuns: 3_000 },
  )
})
