/**
 * Every parser of bytes that others send, where it lies, and the tests that give it wrong ones: of which
 * `docs/reference/fuzzed.md` is made. What a library reads is named with it.
 */
export interface Parser {
  /** What is read. */
  readonly reads: string
  /** From whom it comes. */
  readonly from: string
  /** Files below the root of the repository. */
  readonly code: readonly string[]
  /** Tests with inputs of a generator, by file, or `own` where a list of hostile inputs is written out. */
  readonly tests: Readonly<Record<string, readonly string[]>>
  /** Where inputs are a list and no generator makes them: what the list is. */
  readonly listed?: string
}

const ledger = (name: string) => [`packages/ledger/src/${name}.ts`]
const probes = (...names: readonly string[]) => names.map((name) => `packages/probes/src/${name}.ts`)
const server = (...names: readonly string[]) => names.map((name) => `apps/server/src/${name}.ts`)

const documents: readonly Parser[] = [
  {
    reads: 'documents of measures: DOCX, PDF, HTML, Markdown, text',
    from: 'people of a tenant',
    code: ['packages/reader/src/document.ts', 'packages/reader/src/docx.ts', 'packages/reader/src/pdf.ts'],
    tests: {
      'packages/reader/src/damaged.test.ts': [
        'in Word is read or refused',
        'in Word whose text alone is damaged is read or refused',
        'in PDF is read or refused',
        'in HTML is read or refused',
      ],
      'packages/reader/src/property.test.ts': [
        'ends as a result or a typed error, whatever the bytes',
        'ends as a result or a typed error, whatever follows a magic number',
      ],
    },
  },
  {
    reads: 'evidence files by their content: PDF, PNG, JPEG, GIF, WebP, ZIP of offices, letters, XML, JSON, tables',
    from: 'people of a tenant, strangers with a report',
    code: server('file/type', 'file/zip', 'file/picture', 'file/text'),
    tests: {
      'apps/server/src/file/damaged.test.ts': [
        'as %s, damaged anywhere, is of a known type or refused',
        'of any bytes is of a known type or refused',
      ],
    },
  },
  {
    reads: 'PNG of a letterhead',
    from: 'people of a tenant',
    code: server('paper/png'),
    tests: {
      'apps/server/src/file/damaged.test.ts': [
        'damaged anywhere is written anew, or refused',
        'with right sums around wrong parts is written anew, or refused',
      ],
    },
  },
  {
    reads: 'first page of a PDF as a drawing (typst, in a process of its own)',
    from: 'people of a tenant',
    code: server('platform/typesetter'),
    tests: {
      'apps/server/src/file/file.attack.test.ts': ['of a PDF that cannot be drawn is nothing, and takes nothing down'],
    },
    listed: 'PDFs that cannot be drawn; the process is ended and memory is bounded',
  },
  {
    reads: 'editions as JSON',
    from: 'other installations',
    code: ['packages/press/src/read-edition.ts'],
    tests: {
      'packages/press/src/read-edition.test.ts': [
        'gives an edition or an EditionError for any change of one character',
      ],
    },
  },
  {
    reads: 'lists of people as CSV',
    from: 'people of a tenant',
    code: server('person/csv'),
    tests: {
      'apps/server/src/person/csv.test.ts': [
        'reads back what a spreadsheet wrote, whatever stands in its cells',
        'reads any text, or says that a quote does not end',
      ],
    },
  },
]

const shield: readonly Parser[] = [
  {
    reads: 'Parquet (hyparquet), workbooks (read-excel-file, fflate), gzip, zstd, SQL dumps, JSON, CSV',
    from: 'whoever filled the file',
    code: [
      'packages/shield/src/format/parquet.ts',
      'packages/shield/src/format/xlsx.ts',
      'packages/shield/src/input/open.ts',
    ],
    tests: {
      'packages/shield/src/hostile/damaged.test.ts': [
        'of Parquet is worked on or refused',
        'of a workbook is worked on or refused',
        '%s is worked on or refused',
      ],
    },
  },
  {
    reads: 'CSV, JSON and SQL in pieces, of any shape',
    from: 'whoever filled the file',
    code: [
      'packages/shield/src/format/csv.ts',
      'packages/shield/src/format/json.ts',
      'packages/shield/src/format/sql.ts',
    ],
    tests: {
      'packages/shield/src/format/csv.test.ts': ['agrees with reading about where rows end, whatever the bytes'],
      'packages/shield/src/kernel/csv.test.ts': ['find the same cells in nasty text'],
      'packages/shield/src/format/json.test.ts': ['is the same in pieces, whatever is in it'],
      'packages/shield/src/hostile/shape.test.ts': ['keeps its statements and rows'],
    },
  },
  {
    reads: 'text that is searched for personal data',
    from: 'whoever wrote it',
    code: ['packages/shield/src/detect/find.ts', 'packages/shield/src/text/makeTextEngine.ts'],
    tests: {
      'packages/shield/src/detect/find.test.ts': [
        'yields spans in order, without overlap and within the range, and never throws',
        'takes hostile bytes as they come',
      ],
      'packages/shield/src/text/makeTextEngine.test.ts': [
        'gives ranges in order, without overlap, within the text, for any bytes',
      ],
    },
  },
  {
    reads: 'plans as YAML, keys, sealed keys, vaults',
    from: 'people of a tenant, operators',
    code: [
      'packages/shield/src/plan/plan.ts',
      'packages/shield/src/key/key-file.ts',
      'packages/shield/src/key/sealed-key.ts',
    ],
    tests: {
      'packages/shield/src/hostile/damaged.test.ts': ['is a plan, or is refused', 'is %s, or is refused'],
    },
  },
]

const logs: readonly Parser[] = [
  {
    reads: 'canonical JSON, leaves, base64',
    from: 'bundles of anybody',
    code: [...ledger('canonical'), ...ledger('leaf'), ...ledger('bytes')],
    tests: {
      'packages/ledger/src/canonical.test.ts': [
        'reads what it writes and agrees with JSON.parse on every JSON text',
        'accepts no text that JSON.parse refuses, and ends every other as a LedgerError',
      ],
      'packages/ledger/src/leaf.test.ts': [
        'ends any bytes, and any leaf with one byte changed, as the same leaf text or a LedgerError',
      ],
      'packages/ledger/src/bytes.test.ts': ['accepts one base64 spelling of each value'],
    },
  },
  {
    reads: 'notes, checkpoints, keys, proofs, policies, tiles',
    from: 'witnesses, bundles of anybody',
    code: [...ledger('note'), ...ledger('checkpoint'), ...ledger('proof'), ...ledger('policy'), ...ledger('tiles')],
    tests: {
      'packages/ledger/src/note.test.ts': ['ends every text as a note or a LedgerError'],
      'packages/ledger/src/proof.test.ts': ['ends every text as a proof or a LedgerError'],
      'packages/ledger/src/policy.test.ts': ['ends every text as a policy or a LedgerError'],
      'packages/ledger/src/tiles.test.ts': [
        'refuses paths in any other spelling',
        'reads back the entries that it writes and refuses bundles cut at any byte within an entry',
      ],
    },
  },
  {
    reads: 'submissions to a witness',
    from: 'logs of anybody',
    code: ledger('witness'),
    tests: {
      'packages/ledger/src/witness.test.ts': ['answers every body, and cosigns none that was changed in a byte'],
    },
  },
  {
    reads: 'time stamps and root certificates as DER (pkijs, asn1js)',
    from: 'time-stamping authorities',
    code: ['packages/timestamp/src/stamp.ts', 'packages/timestamp/src/root.ts'],
    tests: {
      'packages/timestamp/src/damaged.test.ts': [
        'that was changed says the same, or does not count',
        'of any bytes does not count',
        'a root that was changed is none, or the same',
      ],
    },
  },
  {
    reads: 'bundles as ZIP, in the command line and in a browser (fflate)',
    from: 'publishers',
    code: ['apps/cli/src/zip.ts', 'apps/cli/src/verify-page/unpack.ts'],
    tests: {
      'apps/cli/src/damaged.test.ts': [
        'a bundle that is damaged anywhere gives its own files, or is refused',
        'a bundle that is damaged anywhere is unpacked or refused in a browser',
      ],
    },
  },
  {
    reads: 'descriptions of a server (OpenAPI) for the command line',
    from: 'the server that is called',
    code: ['apps/cli/src/remote-operation.ts'],
    tests: { 'apps/cli/src/damaged.test.ts': ['any description of a server is its operations, or is refused'] },
  },
]

const looks: readonly Parser[] = [
  {
    reads: 'SARIF',
    from: 'scanners',
    code: probes('sarif/log'),
    tests: {
      'packages/probes/src/sarif/connector.test.ts': ['is read or refused in bounded time, whatever stands in it'],
    },
  },
  {
    reads: 'OCSF',
    from: 'scanners',
    code: probes('ocsf/result'),
    tests: { 'packages/probes/src/ocsf/connector.test.ts': ['with anything in it is read or refused'] },
  },
  {
    reads: 'bills of materials (SPDX, CycloneDX), VEX, CVSS',
    from: 'suppliers',
    code: probes('dependencies/components', 'dependencies/vex', 'git/parse'),
    tests: {
      'packages/probes/src/dependencies/parse.test.ts': ['are found or a reason is given, whatever the text'],
      'packages/probes/src/dependencies/vex.test.ts': ['comes out or a reason is given, whatever the text'],
      'packages/probes/src/dependencies/cvss4.test.ts': ['is a score of one decimal or none, whatever the text'],
      'packages/probes/src/git/parse.test.ts': [
        'reads CycloneDX and SPDX, and says of anything else that it cannot be read',
      ],
    },
  },
  {
    reads: 'facts as JSON or ZIP',
    from: 'programs of the tenant',
    code: probes('files/zip', 'files/records'),
    tests: {
      'packages/probes/src/files/zip.test.ts': ['that is damaged anywhere is read or refused, in bounded time'],
      'packages/probes/src/files/files.test.ts': ['are the same in an array, on lines and behind each other'],
    },
  },
  {
    reads: 'inventories of computers: osquery, Intune, CSV',
    from: 'people of a tenant',
    code: probes('computer/inventory', 'computer/csv'),
    tests: {
      'packages/probes/src/computer/damaged.test.ts': [
        'an inventory is read, or refused with the place, whatever stands in it',
      ],
    },
  },
  {
    reads: 'what a machine says of itself: disks, firewalls, Lynis, OpenSCAP, smartctl, dconf',
    from: 'the machine',
    code: probes('host/parse', 'host/baseline', 'host/smart', 'host/screen-lock'),
    tests: {
      'packages/probes/src/host/damaged.test.ts': ['a report of a machine is read, or it is said that it cannot be'],
      'packages/probes/src/host/parse.test.ts': ['gives facts or throws at foreign text, and never hangs'],
    },
  },
  {
    reads: 'answers of name servers (dns-packet), DKIM, MTA-STS',
    from: 'name servers and the web server of a mail policy',
    code: probes('dns/query', 'dns/dkim', 'dns/mta-sts'),
    tests: {
      'packages/probes/src/dns/damaged.test.ts': [
        'a name server that answers anything is read, or passed over',
        'a key record is judged, whatever stands in it',
      ],
      'packages/probes/src/dns/mta-sts.test.ts': ['reads anything that stands there'],
    },
  },
  {
    reads: 'the first answer of TLS, and dialogues before it: SMTP, IMAP, PostgreSQL',
    from: 'the system that is looked at',
    code: probes('tls/hello', 'tls/starttls'),
    tests: {
      'packages/probes/src/tls/hello.test.ts': [
        'reads the same however the answer is cut, and never throws at foreign bytes',
      ],
      'packages/probes/src/tls/damaged.test.ts': [
        'a dialogue before TLS ends with yes, no, or a reason, whatever a server says',
      ],
    },
  },
  {
    reads: 'certificates of a server (OpenSSL, by Node.js)',
    from: 'the system that is looked at',
    code: probes('tls/certificate'),
    tests: { 'packages/probes/src/tls/connector.test.ts': [] },
    listed: 'real certificates that are late, self-made, of others, weak; a handshake ends with any other',
  },
  {
    reads: 'headers, cookies, policies, security.txt and pages',
    from: 'the site that is looked at',
    code: probes('http/parse', 'http/notice'),
    tests: {
      'packages/probes/src/http/parse.test.ts': ['never throws at foreign text'],
      'packages/probes/src/http/notice.test.ts': ['reads any page in bounded time'],
    },
  },
  {
    reads: 'feeds of status pages: Atom, RSS, Statuspage',
    from: 'vendors',
    code: probes('status/feed', 'status/xml'),
    tests: {
      'packages/probes/src/status/feed.test.ts': [
        'ends in facts or a clear refusal, whatever comes',
        'ends so wherever a real feed is cut or changed',
      ],
    },
  },
  {
    reads: 'XML of S3 and of Azure’s blobs',
    from: 'object stores',
    code: [...probes('s3/xml'), ...server('platform/objects/answer')],
    tests: {
      'packages/probes/src/s3/xml.test.ts': ['is read or refused in bounded time, whatever it is'],
      'apps/server/src/platform/damaged.test.ts': [
        'damaged anywhere is a document or refused, and every refusal has a code of ours',
      ],
    },
  },
  {
    reads: 'answers of vendors as JSON: by one door with limits, then strictly',
    from: 'vendors',
    code: probes('api/api', 'forge/graphql', 'azure/arm', 'bitbucket/client'),
    tests: {
      'packages/probes/src/forge/graphql.test.ts': [
        'becomes facts or a reason, whatever it is',
        'becomes facts or a reason, whatever is changed in a real one',
      ],
      'packages/probes/src/azure/arm.test.ts': ['is read or refused, whatever the text'],
      'packages/probes/src/bitbucket/connector.test.ts': ['is understood in bounded time, whatever it is'],
    },
  },
  {
    reads: 'lists of backups: restic, borg, pgBackRest; logs of jobs',
    from: 'programs that make backups',
    code: probes('backup/snapshot', 'backup/job-log'),
    tests: {
      'packages/probes/src/backup/connector.test.ts': [
        'is understood or refused with a reason that repeats nothing of it, whatever it is',
      ],
    },
  },
  {
    reads: 'SQL of a dump that a drill restores',
    from: 'whoever filled the database',
    code: probes('drill/sql-script'),
    tests: { 'packages/probes/src/drill/sql-script.test.ts': ['reads any bytes in the end, or says what is wrong'] },
  },
  {
    reads: 'plans of drills, targets and exceptions as YAML',
    from: 'operators',
    code: probes('drill/plan', 'engine/target-file', 'engine/target', 'exports/exceptions'),
    tests: {
      'packages/probes/src/drill/plan.test.ts': ['or read, whatever stands in it'],
      'packages/probes/src/engine/target-file.test.ts': [
        'reads any text in the end, or refuses it with a reason of its own',
      ],
      'packages/probes/src/engine/target.test.ts': ['gives targets or a clear refusal for any text'],
    },
  },
  {
    reads: 'load reports, tunnels, power supplies',
    from: 'programs of the tenant',
    code: probes('load/report', 'vpn/parse', 'ups/nut'),
    tests: {
      'packages/probes/src/load/connector.test.ts': ['is read or refused, whatever stands in it'],
      'packages/probes/src/vpn/connector.test.ts': ['gives facts or a reason, whatever is printed'],
      'packages/probes/src/ups/connector.test.ts': ['reads any list of variables without failing'],
    },
  },
]

const inside: readonly Parser[] = [
  {
    reads: 'requests: heads, lengths, chunks (Node.js), JSON bodies',
    from: 'anybody',
    code: server('http/app'),
    tests: {
      'e2e/attacks/requests.long.test.ts': ['no request hides in another, and no head is read without end'],
      'e2e/attacks/input.test.ts': ['no body is read beyond its limit, however its length is told'],
      'apps/server/src/http/http.attack.test.ts': ['with %s is refused with a sentence'],
    },
    listed: 'crooked requests as bytes, and bodies that are no JSON, for every operation',
  },
  {
    reads: 'forms, with files too (undici)',
    from: 'anybody',
    code: server('portal/form', 'portal/report-form'),
    tests: {
      'apps/server/src/portal/form.test.ts': [
        'a report with files, damaged anywhere, is read within its bounds or is none',
        'a plain form of any bytes is read without NUL, or is none',
      ],
    },
  },
  {
    reads: 'headers of proxies: addresses and client certificates',
    from: 'proxies',
    code: server('http/peer', 'http/client-certificate'),
    tests: {
      'apps/server/src/http/foreign.test.ts': [
        'of where a request comes from is an address',
        'of an address is written in one way',
        'of a certificate is one, or none',
      ],
    },
  },
  {
    reads: 'filters and bodies of SCIM',
    from: 'directories',
    code: server('directory/scim/query', 'directory/scim/scim'),
    tests: {
      'apps/server/src/directory/scim/query.test.ts': [
        'asks for one attribute and a bounded part of the list, whatever a directory sends',
      ],
      'apps/server/src/directory/scim/scim.attack.test.ts': [
        'is refused in the format of SCIM whatever nonsense it sends',
      ],
    },
  },
  {
    reads: 'tokens and metadata of OpenID (jose)',
    from: 'providers of sign-ins',
    code: server('directory/openid'),
    tests: { 'apps/server/src/directory/openid.attack.test.ts': [], 'e2e/attacks/single-sign-on.test.ts': [] },
    listed: 'forged, old, mixed-up tokens and nonsense for every answer of a provider',
  },
  {
    reads: 'passkeys (SimpleWebAuthn)',
    from: 'browsers',
    code: server('account/passkey'),
    tests: { 'apps/server/src/account/passkey.attack.test.ts': [] },
    listed: 'answers of authenticators that are forged or of others',
  },
  {
    reads: 'tenants that are taken in: ZIP, then lines of JSON',
    from: 'other installations',
    code: server('platform/archive', 'custody/parts'),
    tests: {
      'apps/server/src/platform/damaged.test.ts': [
        'an archive of a tenant that is damaged anywhere gives its own bytes, or is refused',
      ],
      'e2e/attacks/custody.test.ts': [],
    },
  },
  {
    reads: 'backups: age (age-encryption), zstd, tar, their manifests',
    from: 'the place where they are kept',
    code: server('platform/tar', 'backup/archive', 'backup/opening'),
    tests: {
      'apps/server/src/platform/damaged.test.ts': [
        'an archive of a backup that is damaged anywhere is read or refused',
      ],
      'apps/server/src/backup/drill.test.ts': [],
    },
  },
  {
    reads: 'what a public portal hands in',
    from: 'the process without a database',
    code: server('publication/envelope'),
    tests: {
      'apps/server/src/publication/envelope.test.ts': [
        'is unpacked as it was, whatever its bytes are',
        'is none where bytes are anything',
      ],
    },
  },
  {
    reads: 'sealed values',
    from: 'whoever writes to the database',
    code: server('platform/seal'),
    tests: { 'apps/server/src/platform/seal.test.ts': ['opens what it sealed, at the same place with the same key'] },
  },
  {
    reads: 'answers of clamd',
    from: 'the scanner of the installation',
    code: server('platform/scanner'),
    tests: { 'apps/server/src/platform/scanner.test.ts': ['takes nothing for clean: %s'] },
    listed: 'silence, limits, nonsense, a closed line: all but one exact line is no answer',
  },
  {
    reads: 'answers of mail servers (nodemailer)',
    from: 'the mail server',
    code: server('platform/mail'),
    tests: { 'apps/server/src/platform/mail.test.ts': ['is told apart by what it answers'] },
    listed: 'refusals, delays, silence, a line without TLS',
  },
  {
    reads: 'answers of SFTP servers (ssh2)',
    from: 'the place of backups',
    code: server('platform/targets/sftp-session'),
    tests: { 'apps/server/src/platform/targets/sftp.test.ts': [] },
    listed: 'other keys, silence, lists without end, connections that are cut, full disks',
  },
  {
    reads: 'answers of certificate authorities (ACME)',
    from: 'the authority',
    code: server('platform/acme/line', 'platform/acme/certificate'),
    tests: { 'apps/server/src/platform/acme/hostile.attack.test.ts': [] },
    listed: 'answers without end, byte by byte, of another form; certificates that do not fit',
  },
]

export const parsers: readonly { readonly title: string; readonly rows: readonly Parser[] }[] = [
  { title: 'Documents and files', rows: documents },
  { title: 'Shield', rows: shield },
  { title: 'Ledger and verification', rows: logs },
  { title: 'What is looked at', rows: looks },
  { title: 'The server', rows: inside },
]
