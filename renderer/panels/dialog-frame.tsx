import { X } from 'lucide-react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useAccess } from './access.tsx';

/** Closes the dialog on screen. */
export function useCloseDialog(): () => void {
  const { session } = useAccess().context;
  return () => session.update((state) => ({ ...state, dialog: null }));
}

/** A sheet over the screen that holds the focus, with its title and a way out by key, button or a press beside it. */
export function DialogFrame({
  title,
  isWide = false,
  children,
}: {
  readonly title: string;
  readonly isWide?: boolean;
  readonly children: React.ReactNode;
}) {
  const close = useCloseDialog();
  return (
    <ModalOverlay
      isOpen
      isDismissable
      className="dialog-veil"
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
    >
      <Modal className={isWide ? 'dialog-box dialog-wide' : 'dialog-box'}>
        <Dialog className="dialog-content">
          <header className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <button type="button" className="control-button control-icon" aria-label="Close" onClick={close}>
              <X size={18} aria-hidden="true" />
            </button>
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
