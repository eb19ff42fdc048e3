import { expect, it } from 'vitest'
import { isLocalAddress } from './reach.ts'

it.each([
  '127.0.0.1',
  '127.8.9.10',
  '0.0.0.0',
  '169.254.169.254',
  '::1',
  '::',
  'fe80::1',
  '::ffff:127.0.0.1',
  '::ffff:169.254.169.254',
  '64:ff9b::127.0.0.1',
  '168.63.129.16',
  '100.100.100.200',
  '::ffff:100.100.100.200',
  '192.0.0.192',
  'fd00:ec2::254',
])('knows %s as this machine or its link', (address) => {
  expect(isLocalAddress(address)).toBe(true)
})

it.each(['93.184.215.14', '10.0.0.5', '192.168.1.1', '2001:db8::1', '::ffff:93.184.215.14'])(
  'lets %s be looked at',
  (address) => {
    expect(isLocalAddress(address)).toBe(false)
  },
)
