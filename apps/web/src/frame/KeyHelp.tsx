import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from './Dialog.tsx'
import { useLetterKeys } from './use-letter-keys.ts'

const keys = [
  [['j', '↓'], 'keys.next'],
  [['k', '↑'], 'keys.previous'],
  [['c', 'Enter'], 'keys.confirm'],
  [['e'], 'keys.change'],
  [['s'], 'keys.split'],
  [['m'], 'keys.merge'],
  [['i'], 'keys.ignore'],
  [['Esc'], 'keys.leave'],
  [['?'], 'keys.help'],
] as const

/** The keys of the list of statements, and the switch for those who must not hit one by accident. */
export function KeyHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const [letters, setLetters] = useLetterKeys()
  return (
    <Dialog title={t('keys.title')} opened={opened} onClose={onClose}>
      <p className="quiet">{t('keys.lead')}</p>
      <dl className="keys">
        {keys.map(([names, word]) => (
          <div key={word}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{t(word)}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label={t('keys.letters')}
        description={t('keys.lettersHint')}
        checked={letters}
        onChange={(event) => setLetters(event.currentTarget.checked)}
      />
    </Dialog>
  )
}
