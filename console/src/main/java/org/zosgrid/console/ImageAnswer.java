package org.zosgrid.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.zosgrid.contract.StrictJson;
import org.zosgrid.workloads.view.ImageView;
import org.zosgrid.workloads.view.Page;
import org.zosgrid.workloads.view.PromotionView;

/** Images and their trees as JSON. */
final class ImageAnswer {
    private ImageAnswer() {}

    static byte[] of(ImageView image) {
        ObjectNode json = StrictJson.object().put("reference", image.reference()).put("contentBytes", image.contentBytes());
        Answer.texts(json, "signers", image.signers());
        return StrictJson.bytes(json);
    }

    static byte[] directory(Page<ImageView.File> files) {
        return Answer.page(files, ImageAnswer::file);
    }

    static byte[] of(ImageView.Comparison comparison) {
        ObjectNode json = StrictJson.object().put("complete", comparison.complete());
        Answer.list(json, "differences", comparison.differences(), (each, into) -> {
            into.put("path", each.path());
            into.set("before", side(each.before()));
            into.set("after", side(each.after()));
        });
        return StrictJson.bytes(json);
    }

    static byte[] promotions(Page<PromotionView> promotions) {
        return Answer.page(promotions, ImageAnswer::promotion);
    }

    private static ObjectNode promotion(PromotionView promotion) {
        ObjectNode json = StrictJson.object().put("name", promotion.name()).put("version", promotion.version()).put("image", promotion.image()).put("environment", promotion.environment())
                .put("state", promotion.state()).put("until", promotion.until().map(Object::toString).orElse(null)).put("requester", promotion.requester()).put("submittedAt", promotion.submittedAt().toString())
                .put("objection", promotion.objection().orElse(null));
        Answer.texts(json, "signers", promotion.signers());
        Answer.texts(json, "told", promotion.told());
        Answer.texts(json, "untold", promotion.untold());
        return json;
    }

    private static JsonNode side(Optional<ImageView.File> file) {
        return file.<JsonNode>map(ImageAnswer::file).orElse(NullNode.getInstance());
    }

    private static ObjectNode file(ImageView.File file) {
        return StrictJson.object().put("name", file.name()).put("kind", file.kind()).put("mode", file.mode()).put("uid", file.uid()).put("gid", file.gid()).put("size", file.size())
                .put("target", file.target());
    }
}
