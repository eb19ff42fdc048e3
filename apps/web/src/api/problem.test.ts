import { describe, expect, it } from 'vitest'
import { isSignedOut, Problem, problemFrom } from './problem.ts'

describe('problemFrom', () => {
  it('takes sentence, code, trace and fields from problem+json', () => {
    const problem = problemFrom(400, {
      detail: 'The target has no host.',
      code: 'connection.bad_target',
      trace: 't-1',
      fields: [{ path: 'target', problem: 'no host' }, { path: 3 }],
    })
    expect(problem).toMatchObject({
      status: 400,
      code: 'connection.bad_target',
      trace: 't-1',
      message: 'The target has no host.',
    })
    expect(problem.fields).toEqual([{ path: 'target', problem: 'no host' }])
  })

  it('takes the message of the sign-in, which has another shape', () => {
    expect(problemFrom(401, { message: 'Invalid', code: 'INVALID_EMAIL_OR_PASSWORD' }).code).toBe(
      'INVALID_EMAIL_OR_PASSWORD',
    )
  })

  it.each([[null], ['<html>'], [[]], [{ detail: 7 }]])('makes a problem of the foreign body %j', (body) => {
    expect(problemFrom(502, body)).toMatchObject({ status: 502, code: 'unknown', message: '', trace: null })
  })
})

describe('isSignedOut', () => {
  it('is true for 401 only', () => {
    expect(isSignedOut(problemFrom(401, {}))).toBe(true)
    expect(isSignedOut(problemFrom(403, {}))).toBe(false)
    expect(isSignedOut(new Error('401'))).toBe(false)
    expect(new Problem({ status: 0, code: 'unreachable', detail: '' }).fields).toEqual([])
  })
})
