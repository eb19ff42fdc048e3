/** The section of a version in the changelog. @throws Error where it has none, or nothing in it */
function sectionOf(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1)
  const found = sections.find((section) => section.split(/[,\s]/, 1)[0] === version)
  const text = found?.slice(found.indexOf('\n')).trim() ?? ''
  if (text === '') throw new Error(`CHANGELOG.md says nothing about ${version}: write what a user gets with it.`)
  return text
}

/** What a release is told by: its changes in the user's words, and how to see that it is what was released. */
export function releaseNotes(changelog: string, version: string, archive: string): string {
  return `# art32 ${version}

${sectionOf(changelog, version)}

## Check what you downloaded

\`\`\`sh
ssh-keygen -Y verify -f allowed_signers -I art32 -n art32-release -s SHA256SUMS.sig < SHA256SUMS
sha256sum --check SHA256SUMS
\`\`\`

\`allowed_signers\` is the file of that name in the repository. Take it from there, not from the place where the archive came from.
\`${archive}\` can be built again from the commit named in its file \`RELEASE\`, to the same bytes: \`npm run package\`.
`
}
