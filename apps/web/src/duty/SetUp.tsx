import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { useLanguage } from '../language/use-language.ts'
import type { People } from './DutyForm.tsx'
import { rhythmWord, stale } from './rhythm.ts'

type Proposal = Output<'duty.propose'>['proposals'][number]

/** Sets up duties from what the document promises, in one sitting. */
export function SetUp({ people, onDone }: { people: People; onDone: () => void }) {
  const read = useRead('duty.propose', {})
  return (
    <Loaded read={read}>
      {({ proposals, templates }) => (
        <Choose
          people={people}
          isFromDocument={proposals.length > 0}
          offered={
            proposals.length > 0 ? proposals : templates.map((one) => ({ ...one, isPromised: false, lines: [] }))
          }
          onDone={onDone}
        />
      )}
    </Loaded>
  )
}

function Choose({
  offered,
  isFromDocument,
  people,
  onDone,
}: {
  offered: readonly Proposal[]
  isFromDocument: boolean
  people: People
  onDone: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [left, setLeft] = useState<ReadonlySet<string>>(
    new Set(isFromDocument ? [] : offered.map(({ catalogueId }) => catalogueId)),
  )
  const [owners, setOwners] = useState<Readonly<Record<string, string>>>({})
  const setting = useChange('duty.set_up', { stale, quiet: true, onDone })
  const chosen = offered.filter(({ catalogueId }) => !left.has(catalogueId))
  const send = () =>
    setting.mutate({
      duties: chosen.map(({ title, instruction, catalogueId, rhythm, fourEyes, form }) => ({
        title,
        instruction,
        catalogueId,
        rhythm,
        fourEyes,
        form,
        ownerAccount: owners[catalogueId] || null,
      })),
    })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <p>{t(isFromDocument ? 'duty.setUpLead' : 'duty.templatesLead')}</p>
      <ul className="rows">
        {offered.map((one) => (
          <li key={one.catalogueId} className="row">
            <div className="row-main">
              <Checkbox
                label={one.title}
                checked={!left.has(one.catalogueId)}
                onChange={(event) => {
                  const next = new Set(left)
                  if (event.currentTarget.checked) next.delete(one.catalogueId)
                  else next.add(one.catalogueId)
                  setLeft(next)
                }}
              />
              <p className="note quiet">
                {rhythmWord(one.rhythm, t, language)} · {t(one.isPromised ? 'duty.fromDocument' : 'duty.fromCatalogue')}
              </p>
              {one.lines.map((line) => (
                <p key={line} className="note">
                  {line}
                </p>
              ))}
            </div>
            {left.has(one.catalogueId) ? null : (
              <NativeSelect
                aria-label={t('duty.ownerOf', { name: one.title })}
                value={owners[one.catalogueId] ?? ''}
                onChange={(event) => {
                  const { value } = event.currentTarget
                  setOwners((before) => ({ ...before, [one.catalogueId]: value }))
                }}
                data={[
                  { value: '', label: t('duty.everyRole', { role: t('role.owner') }) },
                  ...people.map(({ accountId, name }) => ({ value: accountId, label: name })),
                ]}
              />
            )}
          </li>
        ))}
      </ul>
      {setting.error ? (
        <p role="alert" className="bad">
          {sentenceOf(setting.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" disabled={chosen.length === 0} loading={setting.isPending}>
          {t('duty.setUpCount', { count: chosen.length })}
        </Button>
      </div>
    </form>
  )
}
