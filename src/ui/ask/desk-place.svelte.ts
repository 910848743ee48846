/** Which place of the desk a phone shows; on a wide page all of them stand beside each other. */

export type Place = 'documents' | 'conversation' | 'document';

class DeskPlace {
  shown = $state<Place>('conversation');
}

export const desk = new DeskPlace();
