import { expect, it } from 'vitest'
import { readLine } from './index.ts'

it.each([
  ['All connections use TLS 1.3.', 'in-place', { tls: '1.3' }],
  ['Interne Verweise werden, soweit möglich, pseudonymisiert.', 'conditional', {}],
  ['An alarm system (planned)', 'planned', {}],
])('reads one sentence by itself: %s', (text, status, parameters) => {
  expect(readLine(text)).toEqual({ status, parameters })
})
