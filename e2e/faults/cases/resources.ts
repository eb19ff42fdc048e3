import type { Chapter } from '../case.ts'

/** Slow, many, large, deep and crooked: what is meant to use everything up. */
export const resources: Chapter = {
  title: 'Everything is used up',
  cases: [
    {
      id: '27',
      deed: 'slow heads, slow bodies and slow readers hold connections open',
      expected: 'others are answered meanwhile; an unfinished head comes to an end',
      tests: {
        'e2e/faults/slow-clients.test.ts': [],
        'e2e/faults/slow-heads.long.test.ts': [],
        'apps/server/src/http/http.attack.test.ts': ['that trickles in keeps nobody else waiting'],
      },
    },
    {
      id: '28',
      deed: 'five times as many requests as can be worked off',
      expected: 'the rest is refused with Retry-After, and what is taken is answered',
      tests: {
        'apps/server/src/http/gate.attack.test.ts': [],
        'apps/server/src/http/limits.attack.test.ts': [],
        'apps/server/src/disclosure/flood.attack.test.ts': [],
      },
    },
    {
      id: '29',
      deed: 'a flood of sign-ins, each of which costs a hash',
      expected: 'the queue of hashes is bounded, the rest is refused',
      tests: {
        'apps/server/src/platform/password.test.ts': [],
        'apps/server/src/http/limits.attack.test.ts': ['holds for sign-in too, whatever the mail address'],
      },
    },
    {
      id: '30',
      deed: 'archives that unpack to gigabytes, lie about it, or let parts share their bytes',
      expected: 'refused early, without the memory',
      tests: {
        'apps/server/src/file/large.attack.test.ts': [],
        'apps/server/src/file/type.test.ts': [],
        'packages/probes/src/files/zip.test.ts': [
          'that unpacks into far more than it holds is refused',
          'that is damaged anywhere is read or refused, in bounded time',
        ],
        'e2e/attacks/custody.test.ts': [],
      },
    },
    {
      id: '31',
      deed: 'tables with endless cells, columns and quotes, NUL, foreign encodings and line ends',
      expected: 'refused with the place, in the memory of any other file',
      tests: {
        'packages/shield/src/hostile/endless.test.ts': [],
        'packages/shield/src/hostile/encoding.test.ts': [],
        'packages/shield/src/hostile/shape.test.ts': [],
        'packages/shield/src/hostile/names.test.ts': [],
        'apps/server/src/shield/shield.attack.test.ts': [],
      },
    },
    {
      id: '32',
      deed: 'JSON that is deep, broad, doubled, beyond all numbers, half a character',
      expected: 'refused with a sentence; no stack overflows, and no text is taken that JSON does not know',
      tests: {
        'apps/server/src/http/http.attack.test.ts': ['with %s is refused with a sentence'],
        'packages/ledger/src/canonical.test.ts': [],
        'packages/shield/src/format/json.test.ts': [],
        'e2e/attacks/input.test.ts': ['no body is read beyond its limit, however its length is told'],
      },
      open: 'the 318 files of JSONTestSuite, which do not lie here: every text is compared with JSON.parse instead',
    },
    {
      id: '33',
      deed: 'XML with entities of its own, SVG and office documents with parts from elsewhere',
      expected: 'no entity is expanded, nothing is asked for, what runs is refused',
      tests: {
        'packages/probes/src/s3/xml.test.ts': [],
        'packages/probes/src/status/feed.test.ts': [],
        'packages/probes/src/status/connector.test.ts': [],
        'apps/server/src/file/type.test.ts': [],
      },
    },
    {
      id: '34',
      deed: 'pictures that are huge, two things at once, or carry texts and scripts',
      expected: 'refused, or written anew without what was hidden in them',
      tests: {
        'apps/server/src/paper/letterhead.attack.test.ts': [],
        'apps/server/src/file/type.test.ts': [],
        'apps/server/src/file/file.attack.test.ts': [
          'is the picture itself, or a drawing of the first page, in which nothing runs',
          'of a PDF that cannot be drawn is nothing, and takes nothing down',
        ],
      },
    },
    {
      id: '35',
      deed: 'texts on which a pattern could run for ever',
      expected: 'time grows with the length alone',
      tests: {
        'packages/shield/src/hostile/time.test.ts': [],
        'apps/server/src/file/type.test.ts': [
          'is decided at once for %s',
          'is decided at once for one line of %s',
          'is cut without losing its ending',
        ],
        'apps/server/src/kernel/text.test.ts': ['is done at once with a line of blanks that ends otherwise'],
        'packages/probes/src/http/parse.test.ts': ['is done at once with a line of blanks that ends otherwise'],
        'packages/reader/src/property.test.ts': ['takes time in proportion to the length, also of hostile lines'],
        'packages/reader/src/lexicon/lexicon.test.ts': [
          'hold no rule that matches nothing at all or has an unbounded quantifier',
        ],
      },
      open: 'a search through every pattern with each run: recheck went through all 1,211 once (2026-11-23), what it found stands among these tests, and for long patterns of words it has no answer',
    },
    {
      id: '36',
      deed: 'a hundred thousand brackets, lists and marks of Markdown',
      expected: 'read in proportion to the length, or refused',
      tests: {
        'packages/reader/src/property.test.ts': [
          'takes time in proportion to the length, also of hostile lines',
          'ends as a result or a typed error, whatever the bytes',
        ],
        'packages/reader/src/document.test.ts': [
          'stops when the time is over',
          'reads one line of a megabyte within its limits',
        ],
      },
    },
    {
      id: '37',
      deed: 'pages of a thousand million lines, beginning at the thousand millionth, from every list',
      expected: 'refused, or cut to the largest page',
      tests: {
        'e2e/attacks/requests.long.test.ts': [
          'no list is longer than its largest page, and no number is too large to be refused',
        ],
        'apps/server/src/measure/page.test.ts': [],
      },
    },
  ],
}
