import type { Chapter } from '../case.ts'

/** Mail, systems that are looked at, providers of sign-in, time stamps and witnesses that fail or lie. */
export const dependencies: Chapter = {
  title: 'What art32 depends on fails',
  cases: [
    {
      id: '23',
      deed: 'the mail server is away, defers, refuses, goes silent, offers no TLS or the wrong one',
      expected: 'nothing else suffers, letters are tried again or given up and it is shown, none goes in clear',
      tests: {
        'apps/server/src/platform/mail.test.ts': [],
        'apps/server/src/notification/letters-refused.test.ts': [],
        'apps/server/src/report/letters-refused.test.ts': [],
        'apps/server/src/subscription/letters.test.ts': [
          'is never lost and not sent twice when the mail server is away or defers',
        ],
      },
    },
    {
      id: '24',
      deed: 'a system that is looked at hangs, throttles, answers other things, without end, in circles, deeply nested',
      expected: '"could not look" with the reason, never a pass and never a fail, within bounded time and memory',
      tests: {
        'packages/probes/src/api/api.test.ts': [],
        'packages/probes/src/engine/deadline.test.ts': [],
        'packages/probes/src/engine/prove.test.ts': [],
        'packages/probes/src/engine/connector.test.ts': [],
        'packages/probes/src/http/connector.test.ts': [],
        'packages/probes/src/files/files.test.ts': [],
        'packages/probes/src/files/zip.test.ts': [],
        'packages/probes/src/tls/hello.test.ts': [],
      },
    },
    {
      id: '25',
      deed: 'the provider of a sign-in is away or sends tokens without signature, of others, used, late, mixed up',
      expected: 'nobody is signed in by it; owners come in by their password',
      tests: {
        'e2e/attacks/single-sign-on.test.ts': [],
        'apps/server/src/directory/openid.attack.test.ts': [],
        'apps/server/src/directory/sign-in.attack.test.ts': [],
        'apps/server/src/directory/factor.attack.test.ts': [],
      },
    },
    {
      id: '26',
      deed: 'time-stamping authority and witnesses are away, never answer, or answer with something else',
      expected: 'publishing goes on, what is missing is said, nothing wrong is taken',
      tests: {
        'apps/server/src/evidence/stamping.attack.test.ts': [],
        'apps/server/src/evidence/stamping.test.ts': [],
        'apps/server/src/evidence/witnessing.attack.test.ts': [],
        'packages/timestamp/src/stamp.test.ts': [],
      },
    },
  ],
}
