import type { SchemaElement } from 'hyparquet'

/** A value as it lies in a Parquet file, without what its annotation makes of it. */
export type Raw = number | bigint | boolean | Uint8Array

/** How the values of a leaf become text, and back. */
export interface Leaf {
  /** What it is in the new file when its values keep their type. */
  readonly element: SchemaElement
  /** Whether it is text anyway. */
  readonly isText: boolean
  /** Whether a date that was moved is one again. */
  readonly isDate: boolean
  text(raw: Raw): string | Uint8Array
  /** The value of a text that this type can hold; undefined where it cannot. */
  raw(text: string): Raw | undefined
}

const none = () => undefined

/** Text, in UTF-8. */
export const textElement = (name: string): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  logical_type: { type: 'STRING' },
  repetition_type: 'OPTIONAL',
})

/**
 * The leaf of this element; undefined where its values cannot be told (intervals, geometries, bytes of a fixed length, values in parts).
 *
 * @source https://github.com/apache/parquet-format/blob/master/LogicalTypes.md
 */
export function leafOf(element: SchemaElement): Leaf | undefined {
  if (element.repetition_type === 'REPEATED') return undefined
  const { type, converted_type: converted, logical_type: logical } = element
  const same: SchemaElement = { ...element, repetition_type: 'OPTIONAL' }
  const simple = (text: Leaf['text']): Leaf => ({ element: same, isText: false, isDate: false, text, raw: none })
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') {
    const scale = element.scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0)
    return simple((raw) => decimal(unscaled(raw), scale))
  }
  if (converted === 'DATE' || logical?.type === 'DATE') return dated(same, 86_400_000n, false)
  const unit = unitOf(element)
  if (unit !== undefined) return dated(type === 'INT96' ? nanoseconds(element.name) : same, unit, true)
  if (logical?.type === 'UUID' && type === 'FIXED_LEN_BYTE_ARRAY') return simple(uuid)
  if (type === 'BYTE_ARRAY') {
    if (logical !== undefined && !['STRING', 'ENUM', 'JSON'].includes(logical.type)) return undefined
    if (converted === 'BSON') return undefined
    const text = (raw: Raw) => (raw instanceof Uint8Array ? raw : String(raw))
    return { element: textElement(element.name), isText: true, isDate: false, text, raw: none }
  }
  if (type === 'FIXED_LEN_BYTE_ARRAY' || type === undefined) return undefined
  const isUnsigned = converted?.startsWith('UINT') === true || (logical?.type === 'INTEGER' && !logical.isSigned)
  return simple((raw) => number(raw, isUnsigned))
}

/** Microseconds, nanoseconds and so on as parts of a millisecond: how many of them one is; negative: how many milliseconds. */
function unitOf({ type, converted_type: converted, logical_type: logical }: SchemaElement): bigint | undefined {
  if (type === 'INT96') return -1_000_000n
  if (converted === 'TIMESTAMP_MILLIS') return -1n
  if (converted === 'TIMESTAMP_MICROS') return -1000n
  if (logical?.type !== 'TIMESTAMP') return undefined
  return { MILLIS: -1n, MICROS: -1000n, NANOS: -1_000_000n }[logical.unit]
}

const nanoseconds = (name: string): SchemaElement => ({
  name,
  type: 'INT64',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'NANOS' },
  repetition_type: 'OPTIONAL',
})

/** @param unit milliseconds in one; negative: so many are in a millisecond */
function dated(element: SchemaElement, unit: bigint, hasTime: boolean): Leaf {
  return {
    element,
    isText: false,
    isDate: true,
    text(raw) {
      const count = BigInt(typeof raw === 'bigint' || typeof raw === 'number' ? raw : 0)
      const date = new Date(Number(unit > 0n ? count * unit : count / -unit))
      if (Number.isNaN(date.getTime())) return ''
      return date.toISOString().slice(0, hasTime ? 19 : 10)
    },
    raw(text) {
      const match = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d)?$/u.exec(text)
      const time = match === null ? Number.NaN : Date.parse(text.length > 10 ? `${text}Z` : text)
      if (Number.isNaN(time)) return undefined
      return unit > 0n ? Math.floor(time / Number(unit)) : BigInt(time) * -unit
    },
  }
}

function number(raw: Raw, isUnsigned: boolean): string {
  if (!isUnsigned) return String(raw)
  return typeof raw === 'bigint' ? String(BigInt.asUintN(64, raw)) : String(Number(raw) >>> 0)
}

/** Of a decimal: the whole number that is to be divided by ten so many times. */
export function unscaled(raw: Raw): bigint {
  if (!(raw instanceof Uint8Array)) return BigInt(raw)
  let value = 0n
  for (const byte of raw) value = (value << 8n) | BigInt(byte)
  return raw.length === 0 ? 0n : BigInt.asIntN(8 * raw.length, value)
}

function decimal(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${value < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`
}

function uuid(raw: Raw): string {
  if (!(raw instanceof Uint8Array)) return ''
  const hex = Buffer.from(raw).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
