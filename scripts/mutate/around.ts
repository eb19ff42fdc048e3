/* Around each file of tests in a run of mutants. */
import { afterAll, beforeAll, expect } from 'vitest'

import { begin, end } from './mutated.ts'

beforeAll(() => begin(expect.getState().testPath ?? ''))
afterAll(end)
