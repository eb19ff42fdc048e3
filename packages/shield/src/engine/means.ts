import { ShieldError } from '../error.ts'
import { rootKeyOf } from '../key/root-key.ts'
import { networks } from '../operation/address.ts'
import { coarsenCoordinates } from '../operation/coordinates.ts'
import { ageBands, bands, bucketDates } from '../operation/generalise.ts'
import { mask, truncate } from '../operation/mask.ts'
import type { Operation, Pseudonyms } from '../operation/operation.ts'
import { formatPreserving } from '../operation/format-preserving.ts'
import { readSealingKey } from '../key/sealing-key.ts'
import { sealValues } from '../operation/seal.ts'
import { wholeNumbers } from '../operation/whole-number.ts'
import { documentKey, randomPseudonyms } from '../operation/policy.ts'
import type { Canonical } from '../operation/canonical.ts'
import { makePseudonyms } from '../operation/pseudonym.ts'
import { shiftDates } from '../operation/shift.ts'
import type { ColumnPlan, Plan } from '../plan/plan.ts'
import type { Means } from './action.ts'
import { canonicalFor, detectorsFor } from './detection.ts'
import { copyBytes } from './arena.ts'
import type { KeyMaterial } from './job.ts'
import { sealedUse } from './sealed-use.ts'

type Pseudonym = Extract<ColumnPlan, { do: 'pseudonym' }>
type Generalise = Extract<ColumnPlan, { do: 'generalise' }>

/** Operations with their keys. */
export function makeMeans(material: KeyMaterial, plan: Plan): Means {
  const { secret, tenant, document } = material
  const { country } = plan
  const detectors = detectorsFor({ country })
  const root = rootKeyOf(secret)
  const batches = new Map<string, Pseudonyms>()
  const sealing = material.sealing === undefined ? undefined : readSealingKey(material.sealing)

  function make({ type, domain, epoch, same = 'everywhere' }: Pseudonym, plan: Plan): Pseudonyms {
    if (same === 'never') return randomPseudonyms()
    const era = String(epoch ?? plan.epoch)
    const key = root.derive({ tenant, domain: domain ?? plan.domain, type, epoch: era })
    return makePseudonyms(same === 'document' ? documentKey(key, document) : key)
  }

  return {
    pseudonyms(column, plan) {
      const key = [column.type, column.domain, column.epoch, column.same].join('|')
      const batch = batches.get(key) ?? make(column, plan)
      batches.set(key, batch)
      return { batch, form: column.as ?? 'text', canonical: canonicalFor(column.type, column.fold === true, detectors) }
    },
    formatPreserving({ type, alphabet, width, domain, epoch }, plan) {
      const use = { tenant, type, domain: domain ?? plan.domain, epoch: String(epoch ?? plan.epoch) }
      const key = root.derive({ ...use, purpose: 'ff1' })
      if (width !== undefined) return { batch: wholeNumbers(key, width), form: 'text', canonical: asItIs }
      const batch = formatPreserving(key, { alphabet: alphabets[alphabet] })
      return {
        batch: {
          capacity: batch.capacity,
          get count() {
            return batch.count
          },
          add: (bytes, start, end) => batch.add(bytes, start, end),
          run: () => batch.run(),
          write: (place, _form, out, at) => batch.write(place, out, at),
          clear: () => batch.clear(),
        },
        form: 'text',
        canonical: asItIs,
      }
    },
    textPseudonyms: (type, plan) => ({
      batch: make({ type, do: 'pseudonym' }, plan),
      form: 'text',
      canonical: canonicalFor(type, false, detectors),
    }),
    apart: () => makeMeans(material, plan),
    operation(column, plan) {
      switch (column.do) {
        case 'reversible': {
          const use = sealedUse(column, plan, tenant)
          return sealValues(sealing ?? refuseUnsealed(), use)
        }
        case 'mask':
          return mask({
            first: column.first ?? 0,
            last: column.last ?? 0,
            cover: column.with ?? '*',
            ...(column.length === undefined ? {} : { length: column.length }),
          })
        case 'generalise':
          return generalise(column)
        default:
          throw new ShieldError(`${column.do} is not there yet.`)
      }
    },
    shift(column, plan) {
      const use = { tenant, domain: plan.domain, type: column.type, epoch: String(plan.epoch) }
      const key = root.derive({ ...use, purpose: 'shift' })
      return shiftDates(key, { days: column.days, order: column.order ?? 'dmy' })
    },
  }
}

function refuseUnsealed(): never {
  throw new ShieldError('The plan asks for reversible pseudonyms, which need a vault that two people open (--vault).')
}

/** The one thing that the plan says of how it is coarsened. */
function generalise(column: Generalise): Operation {
  const { to, on, band, first, decimals, bits, order = 'dmy' } = column
  if (to === 'age') {
    if (on === undefined || band === undefined) {
      throw new ShieldError('An age needs the day on which it is reckoned (on) and the width of a band (band).')
    }
    const [year = 0, month = 0, day = 0] = on.split('-').map(Number)
    return ageBands({ year, month, day }, band, order)
  }
  const ways = [
    to === undefined ? undefined : bucketDates(to, order),
    band === undefined ? undefined : bands({ edges: band }),
    first === undefined ? undefined : truncate(first),
    decimals === undefined ? undefined : coarsenCoordinates(decimals),
    bits === undefined ? undefined : networks({ v4: bits[0], v6: bits[1] }),
  ].filter((way) => way !== undefined)
  const [way, other] = ways
  if (way === undefined || other !== undefined) {
    throw new ShieldError('What is generalised needs one of: to, band, first, decimals, bits.')
  }
  return way
}

const alphabets = {
  digits: '0123456789',
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  'lower-digits': '0123456789abcdefghijklmnopqrstuvwxyz',
  'upper-digits': '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ',
} as const

/** A format is of the value as it is written. */
const asItIs: Canonical = (bytes, start, end, out, at) => {
  copyBytes(bytes, start, end, out, at)
  return end - start
}
