import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCookie, parseHsts, parsePolicy, parseSecurityTxt } from './parse.ts'

describe('reading headers', () => {
  it('keeps the attributes of a cookie and drops its value', () => {
    const cookie = parseCookie('__Host-session=swordfish; Path=/; Secure; HTTPONLY; SameSite=Lax')
    expect(cookie).toEqual({ name: '__Host-session', secure: true, httpOnly: true, sameSite: 'lax' })
    expect(parseCookie('a=b; SameSite=Sometimes')).toEqual({
      name: 'a',
      secure: false,
      httpOnly: false,
      sameSite: null,
    })
  })

  it.each([
    ['max-age=31536000; includeSubDomains; preload', { maxAgeSeconds: 31_536_000, includesSubdomains: true }],
    ['includesubdomains;MAX-AGE="600"', { maxAgeSeconds: 600, includesSubdomains: true }],
    ['max-age=0', { maxAgeSeconds: 0, includesSubdomains: false }],
    ['max-age=-1', null],
    ['', null],
  ])('reads HSTS "%s"', (header, expected) => expect(parseHsts(header)).toEqual(expected))

  it('takes the first of a directive that is given twice', () => {
    const policy = parsePolicy("script-src 'self'; SCRIPT-SRC *; ; default-src 'none'")
    expect(policy.get('script-src')).toEqual(["'self'"])
    expect([...policy.keys()]).toEqual(['script-src', 'default-src'])
  })

  it('counts contacts of a security.txt and keeps every expiry', () => {
    const text =
      '# ours\nContact: mailto:security@example.com\nContact: nothing\nContact: https://example.com/report\r\nExpires: 2027-01-01T00:00:00Z\nexpires: 2028-01-01T00:00:00Z\n'
    expect(parseSecurityTxt(text)).toEqual({ contacts: 2, expires: ['2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z'] })
  })

  it('is done at once with a line of blanks that ends otherwise', () => {
    expect(parseSecurityTxt(`Contact: x${'\t'.repeat(2_000_000)}\u0000`)).toEqual({ contacts: 0, expires: [] })
  })

  it('never throws at foreign text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseCookie(text)
        parseHsts(text)
        parsePolicy(text)
        parseSecurityTxt(text)
      }),
    )
  })
})
