import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseLynis, parseXccdf, readBaseline } from './baseline.ts'

const at = new Date('2026-11-20T08:00:00.000Z')

/** As Lynis 3 writes it; https://cisofy.com/documentation/lynis/ */
const lynis = `# Lynis Report
report_version_major=1
report_datetime_start=2026-11-20 09:00:00
lynis_version=3.0.8
suggestion[]=SSH-7408|Consider hardening SSH configuration|AllowTcpForwarding (set YES to NO)|-|
warning[]=PKGS-7392|Found one or more vulnerable packages.|-|-|
warning[]=NETW-2705|Couldn't find 2 responsive nameservers|-|-|
warning[]=PKGS-7392|Found one or more vulnerable packages.|-|-|
lynis_tests_done=262
hardening_index=63
`

/** As oscap writes it: XCCDF 1.2, https://csrc.nist.gov/projects/security-content-automation-protocol */
const xccdf = `<?xml version="1.0"?><TestResult id="xccdf_org.open-scap_testresult_standard" end-time="2026-11-20T09:00:00+01:00">
<profile idref="xccdf_org.ssgproject.content_profile_standard"/>
<rule-result idref="xccdf_org.ssgproject.content_rule_partition_for_tmp" severity="low"><result>fail</result></rule-result>
<rule-result idref="xccdf_org.ssgproject.content_rule_sshd_disable_root_login" severity="medium"><result>pass</result></rule-result>
<rule-result idref="xccdf_org.ssgproject.content_rule_kernel_module" severity="medium"><result>notapplicable</result></rule-result>
<score system="urn:xccdf:scoring:default" maximum="100.000000">72.500000</score></TestResult>`

it('reads warnings of Lynis once each as failures, and its index as the score', () => {
  expect(parseLynis(lynis, at)).toEqual({
    tool: 'lynis',
    profile: 'Lynis 3.0.8',
    at: at.toISOString(),
    score: 63,
    failed: ['NETW-2705', 'PKGS-7392'],
    rules: 262,
  })
})

it('reads failed rules of OpenSCAP; what was not applicable was not looked at', () => {
  expect(parseXccdf(xccdf, at)).toMatchObject({
    profile: 'xccdf_org.ssgproject.content_profile_standard',
    score: 72.5,
    failed: ['xccdf_org.ssgproject.content_rule_partition_for_tmp'],
    rules: 2,
  })
})

it('says that there is no report, that one did not end, and reads the newer of two', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'art32-baseline-'))
  const paths = { lynis: join(folder, 'lynis.dat'), openscap: join(folder, 'results.xml') }
  await expect(readBaseline(paths)).rejects.toMatchObject({ reason: { why: 'not-configured' } })
  await writeFile(paths.lynis, lynis)
  await writeFile(paths.openscap, xccdf)
  await utimes(paths.openscap, at, at)
  expect(await readBaseline(paths)).toMatchObject({ tool: 'lynis' })
  await writeFile(paths.lynis, lynis.replace(/^hardening_index.*$/m, ''))
  await expect(readBaseline(paths)).rejects.toMatchObject({ reason: { why: 'contract' } })
  await writeFile(paths.lynis, '<script>')
  await expect(readBaseline(paths)).rejects.toMatchObject({ reason: { why: 'contract' } })
  await rm(folder, { recursive: true })
})
