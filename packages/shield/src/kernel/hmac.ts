import { compress, initialState } from './sha256.ts'
import { longestMessage, messageRoom } from './kernel.ts'

/**
 * What a key alone decides of HMAC-SHA256 (RFC 2104): the states after its block inside and outside, eight words each.
 *
 * @param key  at most 64 bytes
 * @throws {RangeError}  the key is longer than a block
 */
export function keyStates(key: Uint8Array): Uint32Array {
  if (key.length > 64) throw new RangeError('An HMAC key is at most 64 bytes here.')
  const states = new Uint32Array(16)
  states.set(padState(key, 0x36), 0)
  states.set(padState(key, 0x5c), 8)
  return states
}

function padState(key: Uint8Array, pad: number): Uint32Array {
  const block = new Uint8Array(64).fill(pad)
  for (let i = 0; i < key.length; i += 1) block[i] = (key[i] ?? 0) ^ pad
  const state = initialState.slice()
  compress(state, block, 0)
  block.fill(0)
  return state
}

const block = new Uint8Array(64)
const state = new Uint32Array(8)

/** `Kernel.hmac` without vectors. */
export function hmacPlain(
  states: Uint32Array,
  messages: Uint8Array,
  lengths: Uint8Array,
  count: number,
  codes: Uint8Array,
): void {
  for (let i = 0; i < count; i += 1) {
    insideBlock(messages, i * messageRoom, Math.min(lengths[i] ?? 0, longestMessage))
    setState(states, 0)
    compress(state, block, 0)
    outsideBlock()
    setState(states, 8)
    compress(state, block, 0)
    for (let word = 0; word < 4; word += 1) writeWord(codes, i * 16 + word * 4, state[word] ?? 0)
  }
}

function setState(states: Uint32Array, from: number): void {
  for (let i = 0; i < 8; i += 1) state[i] = states[from + i] ?? 0
}

function insideBlock(messages: Uint8Array, at: number, length: number): void {
  for (let i = 0; i < length; i += 1) block[i] = messages[at + i] ?? 0
  endBlock(length)
}

function outsideBlock(): void {
  for (let word = 0; word < 8; word += 1) writeWord(block, word * 4, state[word] ?? 0)
  endBlock(32)
}

/** End mark and length in bits, that of the key's block included (FIPS 180-4, 5.1.1). */
function endBlock(length: number): void {
  block.fill(0, length)
  block[length] = 0x80
  writeWord(block, 60, (64 + length) * 8)
}

function writeWord(to: Uint8Array, at: number, word: number): void {
  to[at] = word >>> 24
  to[at + 1] = word >>> 16
  to[at + 2] = word >>> 8
  to[at + 3] = word
}
