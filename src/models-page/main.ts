import { mount } from 'svelte';
import '../ui/theme.css';
import ModelsPage from './ModelsPage.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('The page has no element #app.');
mount(ModelsPage, { target });
