"""Page 01's first laboratory: a nerve cell and the artificial neuron that it lent its idea to."""
