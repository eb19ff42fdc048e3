import type { Chapter } from '../case.ts'

/** Pages, sessions, sign-in, files that are handed out. */
export const web: Chapter = {
  title: 'Web and session',
  cases: [
    {
      id: '47',
      deed: 'pages of other sites send every change there is, as forms and scripts, also for signing in and out',
      expected: 'refused by the origin',
      tests: { 'e2e/attacks/sessions.test.ts': [] },
    },
    {
      id: '48',
      deed: 'a session is planted, kept beyond its end, read by a script, sent along from elsewhere',
      expected: 'signing in makes a new one, its end is its end, no script and no other site has it',
      tests: {
        'e2e/attacks/sessions.test.ts': [],
        'e2e/attacks/pages.test.ts': [],
        'apps/server/src/account/account.attack.test.ts': [],
        'apps/server/src/account/own.attack.test.ts': [],
      },
    },
    {
      id: '49',
      deed: 'passwords are guessed from one network, from many, in other spellings, over a restart',
      expected: 'guessing ends, and the owner still comes in from a known device',
      tests: {
        'e2e/attacks/guessing.long.test.ts': [],
        'apps/server/src/account/guessing.attack.test.ts': [],
        'apps/server/src/account/network.test.ts': [],
      },
    },
    {
      id: '50',
      deed: 'answers and their times are compared for what is there and what is not',
      expected: 'they do not tell',
      tests: {
        'e2e/attacks/guessing.long.test.ts': [],
        'apps/server/src/account/unknown-address.attack.test.ts': [],
        'apps/server/src/account/recovery.attack.test.ts': [],
      },
    },
    {
      id: '51',
      deed: 'codes are used twice, at once, late, guessed; the second step is gone around',
      expected: 'a code counts once, no session before the second factor',
      tests: {
        'apps/server/src/account/factor.attack.test.ts': [],
        'apps/server/src/account/totp.test.ts': [],
        'apps/server/src/account/passkey.attack.test.ts': [],
      },
    },
    {
      id: '52',
      deed: 'hostile texts in every field that keeps one, then every page in a browser',
      expected: 'no script runs, no policy is broken, no other host is asked',
      tests: {
        'e2e/attacks/scripts-workplace.test.ts': [],
        'e2e/attacks/scripts-published.test.ts': [],
        'e2e/attacks/pages.test.ts': [],
      },
    },
    {
      id: '53',
      deed: 'line breaks and foreign hosts in every field, path and header',
      expected: 'no header, no letter and no line of the log is made of them; links name the installation',
      tests: {
        'e2e/attacks/input.test.ts': [],
        'apps/server/src/platform/mail.test.ts': [],
        'apps/server/src/account/recovery.attack.test.ts': [
          'names the address of the installation, whatever the request says',
          'takes one address and nothing that could be a header',
        ],
      },
    },
    {
      id: '54',
      deed: 'addresses of other sites in every parameter that leads on, in every spelling',
      expected: 'none leads on',
      tests: { 'e2e/attacks/input.test.ts': [], 'e2e/attacks/single-sign-on.test.ts': [] },
    },
    {
      id: '55',
      deed: 'SQL in every text that an operation takes',
      expected: 'it is a text: no fault of the database, no longer wait, nothing more is found',
      tests: {
        'e2e/attacks/requests.long.test.ts': ['no text that is sent becomes SQL'],
        'apps/server/src/directory/scim/scim.attack.test.ts': ['finds nothing by a filter that is no filter'],
      },
    },
    {
      id: '56',
      deed: 'climbing paths in addresses, names of files and parts of archives',
      expected: 'nothing outside of its folder is read or written',
      tests: {
        'e2e/attacks/input.test.ts': [],
        'apps/server/src/http/http.attack.test.ts': [],
        'apps/server/src/file/type.test.ts': [],
        'e2e/attacks/custody.test.ts': [],
      },
    },
    {
      id: '57',
      deed: 'files that somebody brought are handed out',
      expected: 'to be saved and not shown, with their own type, where nothing runs',
      tests: {
        'apps/server/src/file/file.attack.test.ts': [],
        'e2e/attacks/scripts-published.test.ts': [],
        'apps/server/src/room/room.attack.test.ts': [],
      },
    },
    {
      id: '58',
      deed: 'formulas in every text that is handed out as a table',
      expected: 'no spreadsheet runs one',
      tests: {
        'packages/probes/src/exports/formats.test.ts': [
          'a spreadsheet runs nothing of CSV, whichever character parts its cells',
        ],
        'apps/server/src/check/export.attack.test.ts': [
          'say nothing that a spreadsheet runs or a reader of XML chokes on',
        ],
        'apps/server/src/finding/finding.attack.test.ts': [
          'hand out no formula in the CSV, wherever somebody wrote one',
        ],
        'apps/server/src/paper/download.attack.test.ts': ['comes as table without formulas'],
        'packages/shield/src/hostile/formula.test.ts': [],
        'apps/server/src/risk/risk.attack.test.ts': ['is handed out without formulas and without markup'],
      },
    },
    {
      id: '59',
      deed: 'pages of other sites show art32 in a frame and look at what it answers',
      expected: 'no frame, no window in common, no resource for others, no referrer',
      tests: {
        'e2e/attacks/pages.test.ts': [],
        'apps/server/src/http/http.attack.test.ts': ['gets strict headers with every answer'],
      },
    },
    {
      id: '60',
      deed: 'two lengths, two hosts, broken chunks, hidden second requests, folded and endless heads, sent as bytes',
      expected: '400 or 431 and the connection ends; no hidden request is answered',
      tests: {
        'e2e/attacks/requests.long.test.ts': [
          'no request hides in another, and no head is read without end',
          'no request names two hosts, or something that is none',
        ],
        'apps/server/src/platform/said-host.test.ts': [],
        'apps/server/src/kiosk/pages.test.ts': ['refuses whoever names two hosts'],
        'apps/cli/src/witness.test.ts': ['refuses whoever names two hosts'],
        'apps/server/src/http/redirect.attack.test.ts': ['leads nobody who names two hosts, or something that is none'],
        'apps/server/src/http/http.attack.test.ts': ['of two lengths, or of a broken chunk, is refused'],
        'e2e/attacks/input.test.ts': ['no body is read beyond its limit, however its length is told'],
      },
    },
    {
      id: '61',
      deed: 'old versions of TLS and certificates of others at the built-in port',
      expected: 'refused',
      tests: {
        'apps/server/src/http/certificate.attack.test.ts': [],
        'apps/server/src/platform/listen-tls.test.ts': [],
        'apps/server/src/platform/acme/renewal.test.ts': [],
      },
    },
  ],
}
