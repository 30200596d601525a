from nnjax.large_models.scale import feed_forward_size


def test_the_neurons_of_gpt_3():
    size = feed_forward_size(12_288, 96)
    assert size.neurons_per_layer == 49_152
    assert size.neurons == 4_718_592
    assert size.weights == 57_982_058_496
    # Attention takes 4 d^2 a layer, the other half of feed-forward as much as this one: 12 d^2 L,
    # which with 50,257 token embeddings makes the paper's 175 billion.
    assert round((3 * size.weights + 50_257 * 12_288) / 1e9, 1) == 174.6
