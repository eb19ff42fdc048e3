import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { HistoryButton } from '../history/History.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { PersonFields, usePersonFields } from './PersonFields.tsx'

type PersonView = Output<'person.list'>['people'][number]

const stale = ['person.list', 'holder.list'] as const

/** The people to whom accounts are matched. */
export function People() {
  const { t } = useTranslation()
  const read = useRead('person.list', {})
  const mayWrite = useMay('register:write')
  const [asking, setAsking] = useState(false)
  return (
    <section className="section" aria-labelledby="people">
      <h2 id="people">{t('person.title')}</h2>
      <p className="quiet">{t('person.lead')}</p>
      <Loaded read={read}>
        {({ people }) =>
          people.length === 0 ? (
            <p>{t('person.none')}</p>
          ) : (
            <ul className="rows">
              {people.map((person) => (
                <PersonRow key={person.id} person={person} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {mayWrite ? (
        <>
          <div className="actions">
            <Button onClick={() => setAsking(true)}>{t('person.add')}</Button>
          </div>
          <Dialog title={t('person.add')} opened={asking} onClose={() => setAsking(false)}>
            <PersonForm onDone={() => setAsking(false)} />
          </Dialog>
        </>
      ) : null}
    </section>
  )
}

function PersonRow({ person }: { person: PersonView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  const mayLedger = useMay('ledger:read')
  const [asking, setAsking] = useState<'show' | 'change' | 'remove' | null>(null)
  const removing = useChange('person.remove', { stale })
  const { id, name, email, position, leftOn, accounts } = person
  const said = [position, email, leftOn === null ? null : t('person.leftOn', { day: day(leftOn, language) })]
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{name}</h3>
        <p className="note quiet">
          {[...said.filter((one) => one !== null), t('person.accounts', { count: accounts })].join(' · ')}
        </p>
      </div>
      <div className="row-actions">
        <button
          type="button"
          className="text-button"
          aria-label={t('person.showOf', { name })}
          onClick={() => setAsking('show')}
        >
          {t('person.show')}
        </button>
        {mayLedger ? <HistoryButton id={id} name={name} /> : null}
        {mayWrite ? (
          <>
            <button
              type="button"
              className="text-button"
              aria-label={t('person.changeOf', { name })}
              onClick={() => setAsking('change')}
            >
              {t('person.change')}
            </button>
            <button
              type="button"
              className="text-button"
              aria-label={t('person.removeOf', { name })}
              onClick={() => setAsking('remove')}
            >
              {t('person.remove')}
            </button>
          </>
        ) : null}
      </div>
      <Dialog title={t('person.showOf', { name })} opened={asking === 'show'} onClose={() => setAsking(null)}>
        <Stored personId={id} />
      </Dialog>
      <Dialog title={t('person.changeOf', { name })} opened={asking === 'change'} onClose={() => setAsking(null)}>
        <PersonForm person={person} onDone={() => setAsking(null)} />
      </Dialog>
      <Dialog title={t('person.removeOf', { name })} opened={asking === 'remove'} onClose={() => setAsking(null)}>
        <p>{t('person.removeText')}</p>
        <div className="actions">
          <Button
            color="bad"
            variant="filled"
            loading={removing.isPending}
            onClick={() => removing.mutate({ personId: id })}
          >
            {t('person.remove')}
          </Button>
          <Button onClick={() => setAsking(null)}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </li>
  )
}

/** Everything that is stored about somebody, to answer them. */
function Stored({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const read = useRead('person.show', { personId })
  return (
    <>
      <p>{t('person.showText')}</p>
      <Loaded read={read}>{(stored) => <pre>{JSON.stringify(stored, null, 2)}</pre>}</Loaded>
    </>
  )
}

function PersonForm({ person, onDone }: { person?: PersonView; onDone: () => void }) {
  const { t } = useTranslation()
  const { said, ...fields } = usePersonFields(person)
  const adding = useChange('person.add', { stale, quiet: true, onDone })
  const changing = useChange('person.change', { stale, quiet: true, onDone })
  const error = adding.error ?? changing.error
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (person) changing.mutate({ personId: person.id, ...said })
        else adding.mutate(said)
      }}
    >
      <PersonFields {...fields} emailHint={t('person.emailHint')} />
      {error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={adding.isPending || changing.isPending}>
          {t('person.submit')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}
