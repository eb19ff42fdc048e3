import { useTranslation } from 'react-i18next'
import type { ConceptView } from '../api/api.ts'
import { tenantAddress } from '../api/request.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import './access.css'

/** The authorisation concept: who may do what, from the permissions by which the server decides. */
export function AccessPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const concept = useRead('access.concept', {})
  return (
    <Page
      wide
      title={t('members.whoMay')}
      lead={t('access.lead')}
      actions={
        <>
          {(['html', 'json'] as const).map((format) => (
            <a key={format} href={tenantAddress(slug, 'access.document', { format, language })} download>
              {t(`access.format.${format}`)}
            </a>
          ))}
        </>
      }
    >
      <Loaded read={concept}>
        {(concept) => (
          <>
            <Table concept={concept} />
            <p className="note quiet">{t('access.limit')}</p>
            <People concept={concept} />
            <Behind concept={concept} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Table({ concept: { columns, permissions, at } }: { concept: ConceptView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <section className="section" aria-labelledby="roles">
      <h2 id="roles">{t('access.roles')}</h2>
      <p className="note quiet">{t('access.at', { moment: moment(at, language) })}</p>
      <div className="who-may">
        <table aria-labelledby="roles">
          <thead>
            <tr>
              <th scope="col">{t('access.permission')}</th>
              {columns.map(({ key, words }) => (
                <th key={key} scope="col">
                  {words[language]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {permissions.map(({ permission, words }) => (
              <tr key={permission}>
                <th scope="row">{words[language]}</th>
                {columns.map((column) => (
                  <td
                    key={column.key}
                    data-role={column.words[language]}
                    data-may={column.permissions.includes(permission)}
                  >
                    {column.permissions.includes(permission) ? t('history.yes') : t('history.nothing')}
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{t('access.people')}</th>
              {columns.map(({ key, words, people }) => (
                <td key={key} data-role={words[language]} data-may={people > 0}>
                  {people}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Everybody who may enter, by how they were let in. */
function People({ concept: { members, invitations, guests, grants } }: { concept: ConceptView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const until = (instant: string) => t('members.until', { moment: moment(instant, language) })
  return (
    <>
      <Group
        title={t('members.title')}
        people={members.map((one) => ({ ...one, what: t(`role.${one.role}`), when: '' }))}
      />
      <Group
        title={t('members.invited')}
        people={invitations.map((one) => ({ ...one, what: t(`role.${one.role}`), when: until(one.until) }))}
      />
      <Group
        title={t('access.guests')}
        people={guests.map((one) => ({ ...one, what: one.room, when: until(one.until) }))}
      />
      <Group
        title={t('access.grants')}
        people={grants.map((one) => ({
          ...one,
          what: `${t(`grant.scope.${one.scope}`)}: ${one.reason}`,
          when: until(one.until),
        }))}
      />
    </>
  )
}

function Group({
  title,
  people,
}: {
  title: string
  people: readonly { name: string; email: string; what: string; when: string }[]
}) {
  const { t } = useTranslation()
  return (
    <section className="section">
      <h2>{title}</h2>
      {people.length === 0 ? <p className="quiet">{t('access.nobody')}</p> : null}
      <ul className="people">
        {people.map(({ name, email, what, when }) => (
          <li key={`${email} ${what}`}>
            {name} <span className="quiet">({email})</span> · {what}
            {when === '' ? null : <span className="quiet"> · {when}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Behind({ concept: { permissions } }: { concept: ConceptView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <section className="section">
      <h2>{t('access.behind')}</h2>
      <p>{t('access.behindLead')}</p>
      {permissions.map(({ permission, words, operations }) => (
        <details key={permission} className="fold">
          <summary>
            <h3>{words[language]}</h3>
          </summary>
          <ul className="people" lang="en">
            {operations.map(({ id, summary }) => (
              <li key={id}>
                <code>{id}</code> {summary}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}
