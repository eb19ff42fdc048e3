import { describe, expect, it } from 'vitest'
import { openKnownDevices } from './known-device.ts'

let day = 20_000
const open = (secret = 1, secure = false) =>
  openKnownDevices({ secret: Buffer.alloc(32, secret), secure, now: () => new Date(day * 86_400_000) })
const cookieOf = (mark: string) => new Headers({ cookie: `a=b; ${mark.split(';')[0]}; c=d` })

describe('the mark of a device', () => {
  it('holds for half a year, for one address, under one key', () => {
    const devices = open()
    const headers = cookieOf(devices.mark('anna@example.com'))
    expect(devices.find(headers, 'anna@example.com')).toMatch(/^[\w-]{22}$/)
    expect(devices.find(headers, 'bert@example.com')).toBeNull()
    expect(open(2).find(headers, 'anna@example.com')).toBeNull()
    day += 180
    expect(devices.find(headers, 'anna@example.com')).not.toBeNull()
    day += 1
    expect(devices.find(headers, 'anna@example.com')).toBeNull()
  })

  it('is a cookie that no script reads, names nobody, and goes to this host only', () => {
    const mark = open(1, true).mark('anna@example.com')
    expect(mark).toMatch(
      /^__Host-art32\.device\.[0-9a-f]{8}=[\w.-]+; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    )
    expect(mark).not.toContain('anna')
  })
})
