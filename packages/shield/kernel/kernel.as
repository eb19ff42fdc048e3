/**
 * The loops that decide how fast the shield is, for WebAssembly with 128-bit vectors. Every function has a plain twin in
 * `src/kernel` that gives the same bytes.
 */
export { hmac, hmacCapacity, hmacCodes, hmacKey, hmacLengths, hmacMessages } from './hmac'
export { scan, scanColumns, scanEnds, scanForms, scanOpen, scanRecord, scanRecords, scanRecordEnds, scanStart, scanStarts, scanWindow, scanWindowSize } from './csv'
export { base32, base32Texts } from './base32'
