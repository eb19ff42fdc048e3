import { describe, expect, it } from 'vitest'
import { authorizationOf, canonicalQuery, emptyBody, stampOf } from './signature.ts'

/** Vectors of the published test suite for the signature (service "service"). */
const suite = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 'service',
}
/** Vectors of the guide for the storage (service "s3"). */
const guide = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 's3',
}
const suiteHeaders = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' }
const guideHeaders = {
  host: 'examplebucket.s3.amazonaws.com',
  'x-amz-date': '20130524T000000Z',
  'x-amz-content-sha256': emptyBody,
}

describe('the signature', () => {
  it.each([
    ['get-vanilla', suite, '/', {}, suiteHeaders, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      suite,
      '/',
      { Param2: 'value2', Param1: 'value1' },
      suiteHeaders,
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-utf8',
      suite,
      '/%E1%88%B4',
      {},
      suiteHeaders,
      '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85',
    ],
    [
      'a part of an object',
      guide,
      '/test.txt',
      {},
      { ...guideHeaders, range: 'bytes=0-9' },
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'a setting of a bucket',
      guide,
      '/',
      { lifecycle: '' },
      guideHeaders,
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      'a list of objects',
      guide,
      '/',
      { 'max-keys': '2', prefix: 'J' },
      guideHeaders,
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
  ])('equals the published vector: %s', (_name, signer, path, query, headers, expected) => {
    const signed = authorizationOf({ method: 'GET', path, query, headers, body: emptyBody }, signer)
    expect(signed).toContain(`Signature=${expected}`)
    expect(signed).not.toContain(signer.secretAccessKey)
  })

  it('encodes what the language leaves alone', () => {
    expect(canonicalQuery({ prefix: "a b/c(d)*'!" })).toBe('prefix=a%20b%2Fc%28d%29%2A%27%21')
  })

  it('is made for a second of the given time', () => {
    expect(stampOf(new Date('2026-11-22T12:00:01.234Z'))).toBe('20261122T120001Z')
  })
})
